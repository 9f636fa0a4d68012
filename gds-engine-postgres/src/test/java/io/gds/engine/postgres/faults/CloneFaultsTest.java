package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Finding;
import io.gds.database.testkit.faults.HostProcess;
import io.gds.database.testkit.faults.KillChain;
import io.gds.database.version.EngineVersion;
import io.gds.samples.embedded.EmbeddedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clones: what they are, and that they go whatever dies. */
@Tag("slow")
class CloneFaultsTest {
    private static Bed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = Bed.start(b -> b.version(Bed.OLD)
                .alsoInstalled(Bed.NEW)
                .members(2)
                .setting("archive_mode", "on")
                .setting("archive_command", "/bin/true"));
        fillTable(bed.cluster());
        try (Connection c = bed.cluster().connect();
                Statement s = c.createStatement()) {
            s.execute("CREATE SUBSCRIPTION elsewhere CONNECTION 'host=127.0.0.1 port=9 dbname=none' PUBLICATION p"
                    + " WITH (connect = false)");
            s.execute("ALTER SUBSCRIPTION elsewhere ENABLE");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    private static void fillTable(EmbeddedCluster cluster) throws SQLException {
        try (Connection c = cluster.connectApplication();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE goods AS SELECT n, md5(n::text) AS t FROM generate_series(1, 10000) n");
            s.execute("CREATE INDEX ON goods (t)");
        }
    }

    private static String ask(EmbeddedCluster cluster, String url, String query) throws SQLException {
        try (Connection c = DriverManager.getConnection(url, cluster.applicationUser(), cluster.applicationPassword());
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(query)) {
            rs.next();
            return rs.getString(1);
        }
    }

    private static Cloning cloning(DatabaseEngine engine) {
        return engine.facet(Cloning.class).orElseThrow();
    }

    @Test
    void cloneIsAnIsolatedCopy() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        try (DatabaseEngine engine = bed.open()) {
            String url;
            try (ClusterClone clone = cloning(engine).cloneCluster(CloneRequest.named("copy"))) {
                url = clone.connectionString();
                assertThat(ask(bed.cluster(), url, "SELECT count(*) FROM goods"))
                        .isEqualTo("10000");
                assertThat(ask(bed.cluster(), url, "SELECT pg_is_in_recovery()"))
                        .isEqualTo("f");
                assertThat(ask(bed.cluster(), url, "SHOW archive_mode")).isEqualTo("off");
                assertThat(ask(bed.cluster(), url, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(ask(bed.cluster(), url, "SHOW max_logical_replication_workers"))
                        .isEqualTo("0");
                assertThat(ask(bed.cluster(), url, "SELECT count(*) FROM pg_replication_slots"))
                        .isEqualTo("0");
                assertThat(bed.cluster().members())
                        .noneMatch(m -> ":%d/".formatted(m.port()).equals(url.replaceAll(".*(:\\d+/).*", "$1")));
                assertThat(clone.validate(EngineVersion.parse(Bed.OLD), List.of("SELECT count(*) FROM goods")))
                        .filteredOn(f -> f.severity() == Finding.Severity.BLOCK)
                        .isEmpty();
                assertThat(clone.validate(EngineVersion.parse(Bed.NEW), List.of("SELECT no_such_function()")))
                        .extracting(Finding::id)
                        .contains("PG-CLONE-VERSION", "PG-CLONE-SMOKE");
            }
            assertThat(cloning(engine).clones()).isEmpty();
            assertThatThrownBy(() -> ask(bed.cluster(), url, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        invariants.untouched();
    }

    @Test
    void cloneOfAKilledProcessIsSwept() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        try (HostProcess host = bed.host(Bed.NEW, "");
                DatabaseEngine engine = bed.open()) {
            host.await("READY");
            host.tell("clone orphan");
            host.await("CLONED");
            assertThat(cloning(engine).clones()).containsExactly("orphan");
            assertThat(cloning(engine).sweepClones()).as("its owner lives").isEmpty();
            Path pid = Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve("gds-clone-" + bed.cluster().name() + "-orphan/data/postmaster.pid");
            long server = Long.parseLong(Files.readAllLines(pid).get(0).strip());
            host.kill();
            assertThat(cloning(engine).sweepClones()).containsExactly("orphan");
            assertThat(cloning(engine).clones()).isEmpty();
            assertThat(Files.exists(Path.of("/proc/" + server + "/cwd")))
                    .as("the clone's server")
                    .isFalse();
        }
        invariants.untouched();
    }

    @Test
    void rehearsalKilledHalfWayDestroysItsClone() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        KillChain chain = bed.chain("rehearse", Bed.NEW, 3);
        KillChain.End end = chain.atEveryBoundary(Predicate.isEqual("clone-install"));
        assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
        assertThat(chain.killedAt()).containsExactly("clone-install");
        invariants.untouched();
    }

    @Test
    void rehearsalKilledInsideEveryStepDestroysItsClone() throws Exception {
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        KillChain chain = bed.chain("rehearse", Bed.NEW, System.nanoTime());
        KillChain.End end = chain.insideEveryStep(step -> true);
        assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
        assertThat(chain.killedAt()).contains("clone-create", "clone-start", "clone-destroy");
        invariants.untouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13.23", "14.24", "15.19", "16.15", "18.6"})
    void everyMajorIsClonedAndValidated(String version) throws Exception {
        try (Bed other = Bed.start(b -> b.version(version).members(1));
                DatabaseEngine engine = other.open()) {
            fillTable(other.cluster());
            try (ClusterClone clone = cloning(engine).cloneCluster(CloneRequest.named("major"))) {
                assertThat(ask(other.cluster(), clone.connectionString(), "SELECT count(*) FROM goods"))
                        .isEqualTo("10000");
                assertThat(clone.validate(EngineVersion.parse(version), List.of("SELECT count(*) FROM goods")))
                        .filteredOn(f -> f.severity() == Finding.Severity.BLOCK)
                        .isEmpty();
            }
            assertThat(cloning(engine).clones()).isEmpty();
        }
    }
}
