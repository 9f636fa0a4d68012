package io.gds.engine.mongo.internal.probe;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.WriteProbe;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.Answer;
import java.util.Optional;
import org.bson.Document;

/** The probe's collection in the application's database, reached as an application reaches the set. */
public final class MongoProbeTable implements ProbeTable {
    private final MongoEngine engine;

    /** The collection of a set. */
    public MongoProbeTable(MongoEngine engine) {
        this.engine = engine;
    }

    private String database() {
        return engine.spec().database();
    }

    @Override
    public void create(String name) {
        if (exists(name).orElse(false)) {
            return;
        }
        engine.clients()
                .askSet(database(), new Document("create", name).append("writeConcern", new Document("w", "majority")));
    }

    @Override
    public Optional<Boolean> exists(String name) {
        try {
            Answer found = engine.clients()
                    .askSet(
                            database(),
                            new Document("listCollections", 1)
                                    .append("nameOnly", true)
                                    .append("filter", new Document("name", name)));
            return Optional.of(!found.object("cursor").objects("firstBatch").isEmpty());
        } catch (GdsDatabaseException e) {
            if (e.retryable()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void drop(String name) {
        if (!exists(name).orElse(true)) {
            return;
        }
        engine.clients()
                .askSet(database(), new Document("drop", name).append("writeConcern", new Document("w", "majority")));
    }

    @Override
    public WriteProbe client(String name, int client) {
        return new MongoWriteProbe(
                engine.clients().set().getDatabase(database()).getCollection(name), client);
    }
}
