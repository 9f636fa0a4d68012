package io.gds.engine.mongo.faults;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.gds.samples.mongo.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.bson.Document;

/** An application that knows nothing of the library: one majority write after the other, each with a number of its own. */
public final class MajorityLoad implements AutoCloseable {
    private static final long PAUSE_NANOS = 20_000_000;

    private final MongoClient client;
    private final MongoCollection<Document> collection;
    private final Thread writer;
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<String> failures = new ArrayList<>();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean stopped;

    private MajorityLoad(String uri) {
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .writeConcern(WriteConcern.MAJORITY)
                .build());
        this.collection = client.getDatabase("bench").getCollection("load");
        collection.drop();
        this.writer = new Thread(this::write, "majority-load");
        writer.setDaemon(true);
    }

    public static MajorityLoad start(ReplicaSet set) {
        return start(set.uri());
    }

    public static MajorityLoad start(String uri) {
        MajorityLoad load = new MajorityLoad(uri);
        load.writer.start();
        return load;
    }

    private void write() {
        long last = System.nanoTime();
        for (long n = 0; !stopped; n++) {
            try {
                collection.insertOne(new Document("_id", n));
                acknowledged.add(n);
                long now = System.nanoTime();
                longest.accumulateAndGet(now - last, Math::max);
                last = now;
            } catch (MongoException e) {
                synchronized (failures) {
                    failures.add(String.valueOf(e.getMessage()));
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The longest time between two acknowledged writes. */
    public Duration longestGap() {
        return Duration.ofNanos(longest.get());
    }

    /** Waits for another acknowledged write: the set is writable. */
    public void awaitProgress() {
        int before = acknowledged.size();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (acknowledged.size() <= before) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no majority write for a minute; failures " + failures());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    public int count() {
        return acknowledged.size();
    }

    public List<String> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    /** Stops, and names what was acknowledged and is not there exactly once. */
    public Set<Long> wrong() throws InterruptedException {
        stopped = true;
        writer.join(Duration.ofSeconds(60).toMillis());
        Map<Long, Integer> there = new HashMap<>();
        collection.find().forEach(d -> there.merge(d.getLong("_id"), 1, Integer::sum));
        return acknowledged.stream()
                .filter(n -> there.getOrDefault(n, 0) != 1)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        stopped = true;
        client.close();
    }
}
