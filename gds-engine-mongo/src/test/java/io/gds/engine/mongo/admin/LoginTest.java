package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Database;
import io.gds.database.DatabaseEngine;
import io.gds.database.DatabaseUser;
import io.gds.database.EngineMetadata.Status;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.database.MetricSource;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.Secret;
import io.gds.database.UserAdmin;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.MemberRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that ask for a login, with a user who has the roles that docs/mongo.md names and no more. */
@Tag("slow")
class LoginTest {
    private static final String PASSWORD = "s3cret-'\\-ünï";

    private static AdminSet bed;

    @TempDir
    private static Path secrets;

    @BeforeAll
    static void start() {
        bed = AdminSet.start(b -> b.login("boss", "of-the-test"));
        bed.primary()
                .run(new Document("createUser", "gds")
                        .append("pwd", PASSWORD)
                        .append(
                                "roles",
                                java.util.List.of("clusterAdmin", "readWriteAnyDatabase", "userAdminAnyDatabase"))
                        .append("writeConcern", new Document("w", 3)));
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
        }
    }

    private static DatabaseEngine open(String password) {
        try {
            Path file = Files.createTempFile(
                    secrets,
                    "secret",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, password);
            return bed.openWithoutShell("connection: {user: gds, password: \"file:" + file + "\"}\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void wholeSurfaceWorksWithTheDocumentedRoles() {
        try (DatabaseEngine engine = open(PASSWORD)) {
            assertThat(engine.metadata().status()).isEqualTo(Status.AVAILABLE);
            assertThat(engine.serverTime()).isNotNull();
            Database db = engine.database("with_login");
            db.create();
            bed.client().getDatabase("with_login").getCollection("t").insertOne(new Document("a", 1));
            db.backup(secrets.resolve("backup"));
            assertThat(db.metadata().sizeBytes()).isPresent();
            Database copy = engine.database("with_login_again");
            copy.create();
            copy.restore(secrets.resolve("backup"));
            copy.drop();
            db.drop();
            UserAdmin users = engine.facet(UserAdmin.class).orElseThrow();
            users.createUser("kim", Secret.of("x"));
            assertThat(users.users()).extracting(DatabaseUser::name).contains("kim", "gds", "boss");
            users.dropUser("kim");
            assertThat(engine.facet(ProcessAdmin.class).orElseThrow().processes())
                    .anyMatch(p -> p.user().equals("boss") || p.user().equals("__system"));
            var config = engine.facet(io.gds.database.ConfigAdmin.class).orElseThrow();
            assertThat(config.set("notablescan", "true").changed()).isTrue();
            assertThat(config.reset("notablescan").changed()).isTrue();
            Instant now = Instant.now();
            assertThat(engine.facet(MetricSource.class).orElseThrow().metrics(now, now))
                    .isNotEmpty();
            assertThat(engine.facet(LogSource.class).orElseThrow().logs(Instant.EPOCH, now, LogFilter.all()))
                    .isNotEmpty();
            ReplicationAdmin replication = engine.facet(ReplicationAdmin.class).orElseThrow();
            assertThat(replication.failover("m2").changed()).isTrue();
            assertThat(replication.replicationStatus())
                    .filteredOn(s -> s.role() == MemberRole.PRIMARY)
                    .extracting(ReplicationStatus::member)
                    .containsExactly("m2");
        }
    }

    @Test
    void wrongPasswordIsToldAndShownNowhere() {
        try (DatabaseEngine engine = open("wrong-one")) {
            assertThatThrownBy(engine::metadata).satisfies(LoginTest::isLogin);
            assertThatThrownBy(engine::topology).satisfies(LoginTest::isLogin);
            assertThatThrownBy(engine::serverTime).satisfies(LoginTest::isLogin);
            assertThatThrownBy(engine::databases).satisfies(LoginTest::isLogin);
            Instant now = Instant.now();
            MetricSource metrics = engine.facet(MetricSource.class).orElseThrow();
            assertThatThrownBy(() -> metrics.metrics(now, now)).satisfies(LoginTest::isLogin);
        }
    }

    @Test
    void noLoginWhereOneIsAskedForIsToldToo() {
        try (DatabaseEngine engine = bed.openWithoutShell("")) {
            assertThatThrownBy(engine::databases).satisfies(LoginTest::isLogin);
        }
    }

    private static void isLogin(Throwable e) {
        assertThat(e).isInstanceOfSatisfying(GdsDatabaseException.class, g -> assertThat(g.code())
                .isEqualTo("MONGO-LOGIN"));
        for (Throwable t = e; t != null; t = t.getCause()) {
            assertThat(String.valueOf(t)).doesNotContain("wrong-one").doesNotContain(PASSWORD);
        }
    }
}
