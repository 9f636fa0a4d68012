package io.gds.samples.benchmarks.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetMember;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * What applications see: one client that writes with {@code w: majority} every 5 ms, one that reads from secondaries as often, both
 * with the driver's usual retries. Each measures the longest time between two successes.
 */
final class RetryingClients implements AutoCloseable {
    private static final long PAUSE_NANOS = 5_000_000;

    private final MongoClient client;
    private final Side writes;
    private final Side reads;
    private volatile boolean stopped;

    /** One of the two. */
    private static final class Side {
        private final AtomicLong longest = new AtomicLong();
        private final AtomicLong last = new AtomicLong(System.nanoTime());
        private final AtomicLong succeeded = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();

        void success() {
            long now = System.nanoTime();
            longest.accumulateAndGet(now - last.getAndSet(now), Math::max);
            succeeded.incrementAndGet();
        }

        /** What is going on counts too. */
        double longestMillis() {
            return Math.max(longest.get(), System.nanoTime() - last.get()) / 1e6;
        }
    }

    RetryingClients(ReplicaSet set) {
        String hosts = set.members().stream().map(ReplicaSetMember::address).collect(Collectors.joining(","));
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://" + hosts + "/?replicaSet=" + set.name()))
                .build());
        MongoCollection<Document> collection = client.getDatabase("bench").getCollection("load");
        collection.withWriteConcern(WriteConcern.MAJORITY).insertOne(new Document("text", "first"));
        MongoCollection<Document> written = collection.withWriteConcern(WriteConcern.MAJORITY);
        MongoCollection<Document> read = collection.withReadPreference(ReadPreference.secondaryPreferred());
        this.writes = run("writes", () -> written.insertOne(new Document("text", "x")));
        this.reads = run("reads", () -> read.find().limit(1).first());
    }

    private Side run(String name, Runnable operation) {
        Side side = new Side();
        Thread thread = new Thread(
                () -> {
                    while (!stopped) {
                        try {
                            operation.run();
                            side.success();
                        } catch (MongoException e) {
                            side.failed.incrementAndGet();
                            System.out.println("  failed " + name + ": " + e.getMessage());
                        }
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return side;
    }

    /** Begins to measure anew. */
    void lap() {
        writes.longest.set(0);
        reads.longest.set(0);
    }

    double longestWriteGapMillis() {
        return writes.longestMillis();
    }

    double longestReadGapMillis() {
        return reads.longestMillis();
    }

    long failed() {
        return writes.failed.get() + reads.failed.get();
    }

    /** Waits until both have succeeded some more times. */
    void awaitSuccesses(int more) {
        long w = writes.succeeded.get() + more;
        long r = reads.succeeded.get() + more;
        while (writes.succeeded.get() < w || reads.succeeded.get() < r) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        stopped = true;
        client.close();
    }
}
