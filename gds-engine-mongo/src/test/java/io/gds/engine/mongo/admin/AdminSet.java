package io.gds.engine.mongo.admin;

import com.mongodb.client.MongoClient;
import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetBuilder;
import io.gds.samples.mongo.ReplicaSetMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** A real set, the engine that is opened on it, and a plain client to look behind the engine's back. */
final class AdminSet implements AutoCloseable {
    static final String VERSION = "6.0.27";

    private final ReplicaSet set;
    private final DatabaseEngine engine;
    private final MongoClient client;

    private AdminSet(ReplicaSet set) {
        this.set = set;
        this.engine = openAgain();
        this.client = set.connect();
    }

    static AdminSet start(UnaryOperator<ReplicaSetBuilder> settings) {
        var found = MongodBinaries.find();
        Assumptions.assumeTrue(found.isPresent(), "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
        ReplicaSet.sweep();
        ReplicaSet set = settings.apply(
                        ReplicaSet.builder(found.orElseThrow()).version(VERSION).name("admin"))
                .start();
        try {
            return new AdminSet(set);
        } catch (RuntimeException e) {
            set.close();
            throw e;
        }
    }

    /** What the set writes for the patching library: with a shell. */
    private static String spec(ReplicaSet set) {
        Path file = set.workDir().resolve("cluster.yaml");
        set.writeSpec(file);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A second engine, which the caller closes. */
    DatabaseEngine openAgain() {
        return Engines.open(spec(set), "the test");
    }

    /** Connections alone: no shell, no packages. */
    DatabaseEngine openWithoutShell(String connection) {
        String members = set.members().stream()
                .map(m -> "  - {name: " + m.name() + ", host: 127.0.0.1, port: " + m.port() + "}\n")
                .collect(Collectors.joining());
        return Engines.open(
                "engine: mongo\nname: " + set.name() + "\nenvironment: test\n" + connection + "members:\n" + members,
                "the test");
    }

    ReplicaSet set() {
        return set;
    }

    DatabaseEngine engine() {
        return engine;
    }

    <T> T facet(Class<T> type) {
        return engine.facet(type).orElseThrow();
    }

    MongoClient client() {
        return client;
    }

    ReplicaSetMember primary() {
        return set.primary();
    }

    @Override
    public void close() {
        client.close();
        engine.close();
        set.close();
    }
}
