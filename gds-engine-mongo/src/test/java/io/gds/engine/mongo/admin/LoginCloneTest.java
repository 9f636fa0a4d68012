package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.Database;
import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A clone of a set that asks for a login, by a user who has the roles that docs/mongo.md names and no more. */
@Tag("slow")
class LoginCloneTest {
    private static final int MOST_COPIES = 4;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void nobodyReadsTheCopyWithoutALoginAtAnyTime() throws Exception {
        try (AdminSet bed = AdminSet.start(b -> b.login("boss", "of-the-test"))) {
            bed.primary()
                    .run(new Document("createUser", "gds")
                            .append("pwd", "of-gds")
                            .append("roles", List.of("clusterAdmin", "readWriteAnyDatabase", "userAdminAnyDatabase"))
                            .append("writeConcern", new Document("w", 3)));
            bed.client().getDatabase("shop").getCollection("orders").insertOne(new Document("_id", "secret"));
            Path password = Files.createFile(
                    directory.resolve("password"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, "of-gds");
            Path spec = directory.resolve("cluster.yaml");
            bed.set().writeSpec(spec);
            int port = bed.set().members().get(2).port() + 1;
            String text = Files.readString(spec) + "connection: {user: gds, password: \"file:" + password + "\"}\n"
                    + "clone: {directory: " + directory + ", portRange: " + port + "-" + (port + 20) + "}\n";
            try (DatabaseEngine engine = Engines.open(text, "the test")) {
                Set<String> met = new HashSet<>();
                // The copy is alone for less than a second: on a busy machine the stranger may come too late for that.
                for (int copies = 0; copies < MOST_COPIES && !met.contains("alone"); copies++) {
                    met.addAll(refused(engine));
                }
                assertThat(met).contains("alone", "a set");
            }
            assertThat(directory.resolve("gds-clone-admin-behind")).doesNotExist();
        }
    }

    private Set<String> refused(DatabaseEngine engine) throws Exception {
        try (Stranger stranger = new Stranger(directory.resolve("gds-clone-admin-behind/mongod.conf"));
                ClusterClone clone =
                        engine.facet(Cloning.class).orElseThrow().cloneCluster(CloneRequest.named("behind"))) {
            assertThat(clone.validate(EngineVersion.parse(AdminSet.VERSION), List.of("{\"find\": \"orders\"}")))
                    .isEmpty();
            assertThat(clone.engine().databases()).extracting(Database::name).contains("shop");
            stranger.awaitRefusal("a set");
            assertThat(stranger.reads()).isZero();
            return Set.copyOf(stranger.refusedBy());
        }
    }

    /** Tries without a login as soon as there is somebody to try it with, again and again. */
    private static final class Stranger implements AutoCloseable {
        private static final Pattern PORT = Pattern.compile("port: (\\d+),");

        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger reads = new AtomicInteger();
        private final Set<String> refusedBy = ConcurrentHashMap.newKeySet();
        private final Thread thread;

        Stranger(Path configuration) {
            thread = new Thread(() -> tries(configuration), "stranger");
            thread.start();
        }

        int reads() {
            return reads.get();
        }

        /** A server tells everybody whether it is a member of a set. */
        Set<String> refusedBy() {
            return refusedBy;
        }

        void awaitRefusal(String by) {
            while (!refusedBy.contains(by)) {
                Thread.onSpinWait();
            }
        }

        private void tries(Path configuration) {
            Optional<String> port = port(configuration);
            while (port.isEmpty() && !over.get()) {
                Thread.onSpinWait();
                port = port(configuration);
            }
            if (port.isEmpty()) {
                return;
            }
            try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                    .applyConnectionString(
                            new ConnectionString("mongodb://127.0.0.1:" + port.get() + "/?directConnection=true"))
                    .applyToClusterSettings(c -> c.serverSelectionTimeout(200, TimeUnit.MILLISECONDS))
                    .applyToServerSettings(s -> s.heartbeatFrequency(50, TimeUnit.MILLISECONDS)
                            .minHeartbeatFrequency(10, TimeUnit.MILLISECONDS))
                    .build())) {
                while (!over.get()) {
                    reads(client);
                }
            }
        }

        private void reads(MongoClient client) {
            try {
                Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
                reads(client, hello.containsKey("setName") ? "a set" : "alone");
            } catch (MongoException nobodyThere) {
                Thread.onSpinWait();
            }
        }

        private void reads(MongoClient client, String from) {
            try {
                client.getDatabase("shop").getCollection("orders").countDocuments();
                reads.incrementAndGet();
            } catch (MongoCommandException e) {
                refusedBy.add(from);
            }
        }

        private static Optional<String> port(Path configuration) {
            try {
                Matcher m = PORT.matcher(Files.readString(configuration));
                return m.find() ? Optional.of(m.group(1)) : Optional.empty();
            } catch (IOException notYet) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            over.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
