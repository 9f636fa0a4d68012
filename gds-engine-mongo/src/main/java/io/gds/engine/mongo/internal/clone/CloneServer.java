package io.gds.engine.mongo.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.CloneDirectory;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.control.Mongod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;

/**
 * The server of a clone, from the copied files to a set of its own. It is never started with the configuration of the set that it
 * was copied from: first alone, by which it replays its log of writes; alone again, by which that configuration is removed; and
 * only then, when nothing is left of it, as the only member of a set with another name.
 */
final class CloneServer {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String LOCAL = "local";

    private final MongoEngine clone;
    private final CloneDirectory directory;
    private final int port;
    private final CloneSource source;

    CloneServer(MongoEngine clone, CloneDirectory directory, int port, CloneSource source) {
        this.clone = clone;
        this.directory = directory;
        this.port = port;
        this.source = source;
    }

    private Path config() {
        return directory.path().resolve("mongod.conf");
    }

    /** Leads from the copied files to a set that accepts writes. */
    void begin() {
        CloneKey key = new CloneKey(clone, directory);
        String login = clone.spec().login().isPresent()
                ? "security: {authorization: enabled, keyFile: "
                        + quoted(key.make().toString()) + "}\n"
                : "";
        try (Clients alone = key.clients()) {
            configure("  recoverFromOplogAsStandalone: true\n  takeUnstableCheckpointOnShutdown: true\n", login);
            startAndStop(alone, () -> {});
            configure("  ttlMonitorEnabled: false\n", login);
            startAndStop(alone, () -> {
                forgetTheSet(alone);
                provedIsolated(alone);
            });
        }
        configure(
                "  ttlMonitorEnabled: false\n",
                "replication: {replSetName: " + quoted(clone.spec().replicaSet()) + "}\n" + login);
        process().start();
        initiate();
    }

    private Mongod process() {
        return new Mongod(clone, MongoCloning.MEMBER);
    }

    private Answer ask(Document command) {
        return clone.clients().ask(MongoCloning.MEMBER, command);
    }

    private static Answer askLocal(Clients clients, Document command) {
        return clients.ask(MongoCloning.MEMBER, LOCAL, command);
    }

    private void startAndStop(Clients clients, Runnable meanwhile) {
        process().start();
        meanwhile.run();
        clients.tell(MongoCloning.MEMBER, new Document("shutdown", 1));
        await(() -> process().process().isEmpty(), "its process to end");
    }

    private void configure(String parameters, String more) {
        Answer storage = source.started().object("storage");
        StringBuilder text = new StringBuilder("storage:\n  dbPath: ")
                .append(quoted(directory.data().toString()))
                .append("\n  directoryPerDB: ")
                .append(storage.flag("directoryPerDB"))
                .append("\n  wiredTiger: {engineConfig: {cacheSizeGB: 0.5, directoryForIndexes: ")
                .append(storage.object("wiredTiger").object("engineConfig").flag("directoryForIndexes"))
                .append("}}\n");
        text.append("net: {port: ").append(port).append(", bindIp: 127.0.0.1, unixDomainSocket: {enabled: false}}\n");
        text.append("systemLog: {destination: file, logAppend: true, path: ")
                .append(quoted(directory.log().toString()))
                .append("}\n");
        text.append("setParameter:\n  disableLogicalSessionCacheRefresh: true\n")
                .append("  diagnosticDataCollectionEnabled: false\n")
                .append(parameters);
        text.append(more);
        try {
            Files.writeString(config(), text);
        } catch (IOException e) {
            throw MongoCloning.refused(source.engine(), config() + " cannot be written: " + e.getMessage());
        }
    }

    /** As a double-quoted scalar of YAML. */
    private static String quoted(String path) {
        return "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void forgetTheSet(Clients clients) {
        for (String name : replicationCollections(clients)) {
            askLocal(clients, new Document("drop", name));
        }
        askLocal(
                clients,
                new Document("delete", "system.replset")
                        .append("deletes", List.of(new Document("q", new Document()).append("limit", 0))));
    }

    private static List<String> replicationCollections(Clients clients) {
        List<String> out = new ArrayList<>();
        askLocal(clients, new Document("listCollections", 1).append("nameOnly", true))
                .object("cursor")
                .objects("firstBatch")
                .forEach(c ->
                        c.text("name").filter(n -> n.startsWith("replset.")).ifPresent(out::add));
        return out;
    }

    /**
     * Nothing in its data names the set, nothing outside of this host reaches it, and its own set has another name.
     *
     * @throws GdsDatabaseException with code {@code GDS-CLONE-NOT-ISOLATED} otherwise; it is not started as a member of a set then
     */
    void provedIsolated(Clients clients) {
        List<String> doubts = new ArrayList<>();
        Answer configurations = askLocal(clients, new Document("find", "system.replset"));
        if (!configurations.object("cursor").objects("firstBatch").isEmpty()) {
            doubts.add("its data has the configuration of the set");
        }
        List<String> kept = replicationCollections(clients);
        if (!kept.isEmpty()) {
            doubts.add("its data has " + kept);
        }
        Answer net = clients.ask(MongoCloning.MEMBER, new Document("getCmdLineOpts", 1))
                .object("parsed")
                .object("net");
        if (!net.text("bindIp").filter("127.0.0.1"::equals).isPresent()) {
            doubts.add("it listens on " + net.text("bindIp").orElse("unknown addresses"));
        }
        if (clone.spec().replicaSet().equals(source.engine().spec().replicaSet())) {
            doubts.add("its set would have the same name");
        }
        if (!doubts.isEmpty()) {
            throw GdsDatabaseException.internal("GDS-CLONE-NOT-ISOLATED")
                    .message("the clone " + directory.id() + " is not started as a set: " + doubts + ".")
                    .remedy("report this; the copy was removed, and the cluster was not touched.")
                    .build();
        }
    }

    private void initiate() {
        String set = clone.spec().replicaSet();
        ask(new Document(
                "replSetInitiate",
                new Document("_id", set)
                        .append("version", 1)
                        .append("members", List.of(new Document("_id", 0).append("host", "127.0.0.1:" + port)))));
        await(() -> ask(new Document("hello", 1)).flag("isWritablePrimary"), "its set to accept writes");
        String id = clone.topology().systemId();
        String other = source.engine().topology().systemId();
        if (id.isEmpty() || id.equals(other)) {
            throw GdsDatabaseException.internal("GDS-CLONE-NOT-ISOLATED")
                    .message("the clone " + directory.id() + " has the replica set id \"" + id
                            + "\", as the cluster has.")
                    .remedy("report this; the copy is removed.")
                    .build();
        }
    }

    private interface Fact {
        boolean holds();
    }

    private void await(Fact fact, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.holds()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw GdsDatabaseException.environment("MONGO-CLONE-START")
                        .message("the clone " + directory.id() + ": no sign of " + what + " within "
                                + PATIENCE.toSeconds() + " s.")
                        .remedy("look at " + directory.log() + "; it is removed with the clone.")
                        .build();
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
