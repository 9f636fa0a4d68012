package io.gds.samples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class EmbeddedClusterTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PostgresBinaries binaries = PostgresBinaries.find();

    @ParameterizedTest
    @ValueSource(strings = {"13.23", "17.9", "18.6"})
    void threeMembersStreamAndCloseLeavesNothing(String version) throws SQLException, IOException {
        Path work;
        try (EmbeddedCluster cluster = EmbeddedCluster.builder(binaries)
                .version(version)
                .alsoInstalled("17.11")
                .slots(true)
                .synchronousStandbyNames("ANY 1 (n2, n3)")
                .start()) {
            work = cluster.workDir();
            assertThat(cluster.primary().name()).isEqualTo("n1");
            try (Connection connection = cluster.connectApplication();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE orders (id int)");
                statement.execute("INSERT INTO orders VALUES (42)");
            }
            cluster.awaitStreaming();
            for (Member standby : cluster.standbys()) {
                assertThat(query(standby, "SELECT id FROM orders")).isEqualTo("42");
                assertThat(query(standby, "SHOW server_version")).isEqualTo(version);
                assertThat(query(standby, "SHOW data_checksums")).isEqualTo("on");
            }
            assertThat(query(
                            cluster.member("n1"),
                            "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'"))
                    .isEqualTo("2");
            assertThat(query(cluster.member("n1"), "SELECT count(*) FROM pg_replication_slots WHERE active"))
                    .isEqualTo("2");
            assertThat(query(
                            cluster.member("n1"),
                            "SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'app'"))
                    .isEqualTo("t");
            for (Member member : cluster.members()) {
                assertThat(Files.readSymbolicLink(member.currentLink()))
                        .isEqualTo(cluster.versionsDir().resolve(version));
                assertThat(member.currentLink().resolve("bin/postgres")).isExecutable();
                assertThat(member.logFile()).isNotEmptyFile();
            }
            assertThat(cluster.versionsDir().resolve("17.11/bin/pg_ctl")).isExecutable();
            assertThat(Files.getPosixFilePermissions(cluster.secretFile()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertNothingLeft(work);
    }

    @Test
    void killedStandbyComesBackAndMovesToAnotherVersion() throws SQLException {
        try (EmbeddedCluster cluster = EmbeddedCluster.builder(binaries)
                .version("17.9")
                .alsoInstalled("17.11")
                .members(2)
                .start()) {
            Member standby = cluster.member("n2");
            standby.kill();
            assertThat(standby.isRunning()).isFalse();
            assertThat(Processes.postgresIn(standby.dataDir())).isEmpty();

            standby.start();
            cluster.awaitStreaming();

            standby.install("17.11");
            standby.stopFast();
            assertThat(standby.isRunning()).isFalse();
            standby.start();
            cluster.awaitStreaming();
            assertThat(query(standby, "SHOW server_version")).isEqualTo("17.11");
            assertThat(query(cluster.primary(), "SHOW server_version")).isEqualTo("17.9");
        }
    }

    @Test
    void promotedStandbyIsFoundByTheApplication() throws SQLException {
        try (EmbeddedCluster cluster =
                EmbeddedCluster.builder(binaries).version("17.9").members(2).start()) {
            cluster.member("n1").kill();
            assertThatThrownBy(cluster::primary).hasMessageContaining("n1 is down, n2 is a standby");

            assertThat(query(cluster.member("n2"), "SELECT pg_promote(true, 30)"))
                    .isEqualTo("t");

            assertThat(cluster.primary().name()).isEqualTo("n2");
            try (Connection connection = cluster.connectApplication()) {
                assertThat(connection.isReadOnly()).isFalse();
                assertThat(connection.getMetaData().getURL()).contains("targetServerType=primary");
            }
        }
    }

    @Test
    void brokenVersionAnswersItsVersionAndDoesNotStart() {
        try (EmbeddedCluster cluster =
                EmbeddedCluster.builder(binaries).version("17.9").members(1).start()) {
            cluster.installBroken("17.10");
            Member member = cluster.member("n1");
            for (String program : List.of("postgres", "pg_ctl")) {
                assertThat(Commands.run(
                                        cluster.workDir(),
                                        List.of(
                                                cluster.versionsDir()
                                                        .resolve("17.10/bin/" + program)
                                                        .toString(),
                                                "--version"))
                                .orThrow()
                                .output())
                        .isEqualTo(program + " (PostgreSQL) 17.10\n");
            }

            member.install("17.10");
            member.stopFast();
            assertThatThrownBy(member::start).hasMessageContaining("17.10").hasMessageContaining("broken on purpose");
            assertThat(member.isRunning()).isFalse();

            member.install("17.9");
            member.start();
            assertThat(member.isRunning()).isTrue();
        }
    }

    @Test
    void smallDiskFillsUp() throws SQLException, IOException {
        Path work;
        EmbeddedCluster started;
        try {
            started = EmbeddedCluster.builder(binaries)
                    .version("17.9")
                    .members(2)
                    .dataOnSmallDisk("n2", 192)
                    .start();
        } catch (SmallDiskUnavailableException e) {
            Assumptions.abort(e.getMessage());
            return;
        }
        try (EmbeddedCluster cluster = started) {
            work = cluster.workDir();
            assertThat(Files.getFileStore(cluster.member("n2").dataDir()).getTotalSpace())
                    .isEqualTo(192L << 20);
            assertThat(Mounts.mountedBelow(work)).hasSize(1);
        }
        assertNothingLeft(work);
    }

    @Test
    void specificationNamesTheMembers(@TempDir Path directory) throws IOException {
        try (EmbeddedCluster cluster =
                EmbeddedCluster.builder(binaries).version("17.9").members(1).start()) {
            Path file = directory.resolve("spec.yaml");
            cluster.writeSpec(file);
            String work = cluster.workDir().toString();
            assertThat(file)
                    .content()
                    .startsWith("engine: postgres\nname: orders\nenvironment: test\n")
                    .contains("  password: file:" + work + "/secrets/postgres\n")
                    .contains("    dataDir: " + work + "/n1/data\n")
                    .contains("  link: " + work + "/{member}/current\n");
        }
    }

    @Test
    void clusterEndsWithItsProcess() throws IOException {
        Path work = OtherProcess.start("exit");

        assertNothingLeft(work);
    }

    @Test
    void sweepRemovesWhatADeadProcessLeft() throws IOException {
        Path work = OtherProcess.start("halt");
        assertThat(Processes.postgresIn(work)).isNotEmpty();

        assertThat(EmbeddedCluster.sweep()).contains(work);

        assertNothingLeft(work);
    }

    @Test
    void detachedClusterOutlivesItsProcess() throws SQLException, IOException {
        Path work = OtherProcess.start("detach");

        assertThat(EmbeddedCluster.sweep()).doesNotContain(work);
        try (EmbeddedCluster guest = EmbeddedCluster.attach(work)) {
            assertThat(query(guest.primary(), "SELECT 1")).isEqualTo("1");
        }
        assertThat(Processes.postgresIn(work)).isNotEmpty();
        try (EmbeddedCluster heir = EmbeddedCluster.attach(work)) {
            heir.adopt();
        }
        assertNothingLeft(work);
    }

    private static void assertNothingLeft(Path work) throws IOException {
        assertThat(Await.whether(SOON, () -> Processes.postgresIn(work).isEmpty()))
                .isTrue();
        assertThat(work).doesNotExist();
        assertThat(Mounts.mountedBelow(work)).isEmpty();
    }

    private static String query(Member member, String query) throws SQLException {
        try (Connection connection = member.connect();
                Statement statement = connection.createStatement()) {
            return EmbeddedCluster.text(statement, query);
        }
    }
}
