package io.gds.samples.quickstart;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSet;
import java.nio.file.Path;
import org.bson.Document;

/** A MongoDB replica set. */
final class MongoCluster implements SampleCluster {
    // The availability probe's database, too, unless the spec names another one.
    private static final String DATABASE = "test";
    private static final String NOTE = "x".repeat(100);

    private final ReplicaSet set;

    private MongoCluster(ReplicaSet set) {
        this.set = set;
    }

    static SampleCluster start(Arguments a, MongodBinaries binaries, Versions versions) {
        ReplicaSet.sweep();
        Terminal.say("starting " + a.members() + " MongoDB servers, version " + versions.from() + " ...");
        return new MongoCluster(ReplicaSet.builder(binaries)
                .version(versions.from())
                .alsoInstalled(versions.to())
                .members(a.members())
                .name("orders")
                .start());
    }

    @Override
    public void writeSpec(Path file) {
        set.writeSpec(file);
    }

    @Override
    public void createLoad() {
        try (MongoClient client = set.connect()) {
            client.getDatabase(DATABASE).createCollection("load");
        }
    }

    @Override
    public Client connect() {
        return new Inserts(set.connect());
    }

    @Override
    public long count() {
        try (MongoClient client = set.connect()) {
            return load(client).countDocuments();
        }
    }

    @Override
    public String records() {
        return "documents";
    }

    @Override
    public void close() {
        set.close();
    }

    private static MongoCollection<Document> load(MongoClient client) {
        return client.getDatabase(DATABASE).getCollection("load").withWriteConcern(WriteConcern.MAJORITY);
    }

    private static final class Inserts implements Client {
        private final MongoClient client;
        private final MongoCollection<Document> load;

        Inserts(MongoClient client) {
            this.client = client;
            this.load = load(client);
        }

        @Override
        public void insert(int number, long n) {
            load.insertOne(new Document("client", number).append("n", n).append("note", NOTE));
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
