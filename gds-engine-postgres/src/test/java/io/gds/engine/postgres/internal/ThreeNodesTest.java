package io.gds.engine.postgres.internal;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gds.database.ConfigAdmin;
import io.gds.database.EngineMetadata.Status;
import io.gds.database.Metric;
import io.gds.database.MetricSource;
import io.gds.database.PowerAdmin;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Topology, replication and power of a primary with two followers. Ordered: the later tests take the cluster apart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeNodesTest {
    private Cluster cluster;
    private PostgresEngine engine;

    @BeforeAll
    void start() {
        cluster = Cluster.start("16.15", 3, b -> b.slots(true).synchronousStandbyNames("FIRST 1 (n2)"));
        engine = cluster.engine;
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void everyMemberIsInItsPlace() {
        cluster.servers.awaitStreaming();

        Topology now = engine.topology();

        assertThat(now.cluster()).isEqualTo(cluster.servers.name());
        assertThat(now.primary().orElseThrow().name()).isEqualTo("n1");
        assertThat(now.withRole(MemberRole.STANDBY)).extracting(Member::name).containsExactly("n2", "n3");
        assertThat(now.members()).allSatisfy(m -> {
            assertThat(m.version().orElseThrow()).hasToString("16.15");
            assertThat(m.attributes()).containsEntry("timeline", "1").containsEntry("systemId", now.systemId());
            assertThat(Instant.parse(m.attributes().get("startedAt"))).isCloseTo(Instant.now(), within(10, MINUTES));
        });
        assertThat(now.member("n3").orElseThrow().attributes())
                .containsEntry("upstream", "n1")
                .containsEntry("upstreamState", "streaming")
                .containsEntry("slot", "n3")
                .containsEntry("applicationName", "n3")
                .containsKeys("replayLsn", "receiveLsn");
        assertThat(now.linkTo("n2").map(Link::syncState)).contains("sync");
        assertThat(now.linkTo("n3").map(Link::syncState)).contains("async");
        assertThat(now.links()).allSatisfy(l -> {
            assertThat(l.state()).isEqualTo("streaming");
            assertThat(l.lag()).isPresent();
        });
    }

    @Test
    @Order(2)
    void lagGrowsWhileAFollowerDoesNotReplay() throws SQLException {
        onMember("n3", "SELECT pg_wal_replay_pause()");
        try {
            onMember("n1", "CREATE TABLE filler AS SELECT repeat('x', 1000) AS x FROM generate_series(1, 2000)");

            assertThat(engine.topology()
                            .linkTo("n3")
                            .flatMap(Link::lag)
                            .orElseThrow()
                            .amount())
                    .isGreaterThan(1_000_000);
        } finally {
            onMember("n3", "SELECT pg_wal_replay_resume()");
        }
        cluster.servers.awaitStreaming();
    }

    @Test
    @Order(3)
    void replicationStatusSpeaksOfBothSides() {
        ReplicationAdmin admin = engine.facet(ReplicationAdmin.class).orElseThrow();

        List<ReplicationStatus> found = admin.replicationStatus();

        assertThat(found).extracting(ReplicationStatus::member).containsExactly("n1", "n2", "n3");
        assertThat(found.get(0).partners()).containsExactly("n2", "n3");
        assertThat(found.get(0).mode()).isEqualTo("sending");
        assertThat(found.get(0).lag()).isEmpty();
        assertThat(found.get(1).syncState()).isEqualTo("sync");
        assertThat(found.get(1).partners()).containsExactly("n1");
        assertThat(found.get(1).enabled()).isTrue();
    }

    @Test
    @Order(4)
    void settingIsChangedOnEveryMember() {
        ConfigAdmin config = engine.facet(ConfigAdmin.class).orElseThrow();

        assertThat(config.set("log_min_duration_statement", "1234").detail()).isEqualTo("in force now: 1234ms");

        assertThat(cluster.servers.members()).allSatisfy(m -> assertThat(engine.connections()
                        .<String>onMember(
                                m.name(),
                                s -> s.one(
                                        "SELECT current_setting('log_min_duration_statement') AS v",
                                        row -> row.text("v"))))
                .isEqualTo("1234ms"));
        config.reset("log_min_duration_statement");
    }

    @Test
    @Order(5)
    void processesAndMetricsOfAllMembersAreThere() {
        assertThat(engine.facet(ProcessAdmin.class).orElseThrow().processes())
                .extracting(
                        p -> p.attributes().get("member") + " " + p.attributes().get("backend_type"))
                .contains("n1 walsender", "n2 walreceiver", "n3 walreceiver");
        Instant now = Instant.now();
        List<Metric> metrics = engine.facet(MetricSource.class).orElseThrow().metrics(now, now.plusSeconds(60));
        assertThat(metrics)
                .filteredOn(m -> m.name().equals("replication.lag.bytes"))
                .extracting(m -> m.labels().get("follower"))
                .containsExactlyInAnyOrder("n2", "n3");
        assertThat(metrics)
                .filteredOn(m -> m.name().equals("uptime"))
                .extracting(m -> m.labels().get("member"))
                .containsExactly("n1", "n2", "n3");
        assertThat(metrics).extracting(Metric::name).contains("cache.hit_ratio", "replication.slot.retained");
    }

    /** Here only: the server waits 5 s for sessions to leave. */
    @Test
    @Order(5)
    void databaseInUseIsNotDropped() throws SQLException {
        engine.database("busy").create();
        try (java.sql.Connection held = engine.connections().open("n1", "busy")) {
            assertThat(held.isValid(1)).isTrue();
            assertThatThrownBy(() -> engine.database("busy").drop())
                    .isInstanceOf(GdsDatabaseException.class)
                    .hasMessageContaining("55006");
        }
        assertThat(engine.database("busy").drop().changed()).isTrue();
    }

    @Test
    @Order(6)
    void cascadeIsSeenAsSuch() throws SQLException {
        onMember("n2", "SELECT pg_create_physical_replication_slot('n3', true)");
        String conninfo = engine.connections()
                .onMember("n3", s -> s.one("SELECT current_setting('primary_conninfo') AS c", row -> row.text("c")));
        int n1 = cluster.servers.member("n1").port();
        int n2 = cluster.servers.member("n2").port();
        onMember(
                "n3",
                "ALTER SYSTEM SET primary_conninfo = '"
                        + conninfo.replace("'", "''").replace("" + n1, "" + n2) + "'");
        onMember("n3", "SELECT pg_reload_conf()");
        onMember("n1", "SELECT pg_drop_replication_slot('n3')", "n3");

        Topology now = untilFollowing("n3", "n2");

        assertThat(now.linkTo("n3").orElseThrow().upstream()).isEqualTo("n2");
        assertThat(now.linkTo("n3").orElseThrow().syncState()).isEqualTo("async");
        assertThat(now.linkTo("n2").orElseThrow().upstream()).isEqualTo("n1");
    }

    @Test
    @Order(7)
    void absentMemberIsUnreachableAndItsLagUnknown() {
        cluster.servers.member("n2").stopFast();

        Topology now = engine.topology();

        assertThat(now.member("n2").orElseThrow().reachable()).isFalse();
        assertThat(now.member("n2").orElseThrow().role()).isEqualTo(MemberRole.UNKNOWN);
        assertThat(now.linkTo("n2")).isEmpty();
        assertThat(now.linkTo("n3").flatMap(Link::lag)).isEmpty();
        assertThat(now.fingerprint()).isEqualTo(engine.topology().fingerprint());
        assertThat(engine.metadata().status()).isEqualTo(Status.DEGRADED);
        assertThat(engine.metadata().reachableMembers()).isEqualTo(2);
        assertThatThrownBy(() -> engine.facet(ConfigAdmin.class).orElseThrow().set("work_mem", "9MB"))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                        .isTrue());
        assertThat(engine.facet(ConfigAdmin.class)
                        .orElseThrow()
                        .setting("work_mem")
                        .orElseThrow()
                        .value())
                .isEqualTo("4MB");
    }

    @Test
    @Order(8)
    void powerComesAndGoesForAll() {
        PowerAdmin power = engine.facet(PowerAdmin.class).orElseThrow();

        assertThat(power.startup().detail()).isEqualTo("started n2");
        assertThat(power.startup().changed()).isFalse();
        assertThat(power.shutdown(false).detail()).isEqualTo("stopped n1, n2, n3");
        assertThat(cluster.servers.members()).noneMatch(m -> m.isRunning());
        assertThat(power.shutdown(false).changed()).isFalse();
        assertThat(engine.metadata().status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(engine.topology().members()).noneMatch(Member::reachable);
        assertThat(power.startup().detail()).isEqualTo("started n1, n2, n3");
        assertThat(engine.topology().primary().orElseThrow().name()).isEqualTo("n1");
        assertThat(power.shutdown(true).detail()).contains("recovers");
        assertThat(power.startup().changed()).isTrue();
        assertThat(engine.metadata().status()).isEqualTo(Status.AVAILABLE);
    }

    @Test
    @Order(9)
    void promotedFollowerShowsItsNewTimelineAtOnce() throws SQLException {
        cluster.servers.member("n1").stopFast();
        onMember("n2", "ALTER SYSTEM RESET synchronous_standby_names");
        onMember("n2", "SELECT pg_promote(true, 30)");

        Topology now = engine.topology();

        assertThat(now.primary().orElseThrow().name()).isEqualTo("n2");
        assertThat(now.primary().orElseThrow().attributes()).containsEntry("timeline", "2");
        assertThat(engine.serverTime()).isCloseTo(Instant.now(), within(1, MINUTES));
        assertThat(engine.connections()
                        .<Long>onEndpoint(s -> s.one("SELECT inet_server_port() AS port", row -> row.number("port"))))
                .isEqualTo(cluster.servers.member("n2").port());
        assertThatThrownBy(() -> engine.facet(PowerAdmin.class).orElseThrow().startup())
                .hasMessageContaining("GDS-TWO-PRIMARIES");
        assertThat(cluster.servers.member("n1").isRunning()).isFalse();
        cluster.servers.member("n1").start();
        assertThat(engine.topology().primary()).as("two claim to be primary").isEmpty();
        assertThat(engine.topology().withRole(MemberRole.PRIMARY)).hasSize(2);
        assertThat(engine.topology().links())
                .allSatisfy(l -> assertThat(l.lag()).isEmpty());
    }

    /** The server waits, we ask again: bounded, without a sleep of ours. */
    private Topology untilFollowing(String member, String upstream) {
        for (int i = 0; i < 200; i++) {
            Topology now = engine.topology();
            Link link = now.linkTo(member).orElse(null);
            if (link != null && link.upstream().equals(upstream) && link.state().equals("streaming")) {
                return now;
            }
            engine.connections().onMember(member, s -> s.one("SELECT pg_sleep(0.1)::text AS p", row -> row.text("p")));
        }
        throw new AssertionError(member + " does not follow " + upstream + ": " + engine.topology());
    }

    /** Retried while a slot is still held by somebody who is about to leave. */
    private void onMember(String member, String sql, String slot) throws SQLException {
        for (int i = 0; i < 100; i++) {
            boolean held = engine.connections()
                    .onMember(
                            member,
                            s -> s.one(
                                    "SELECT coalesce(bool_or(active), false) AS a, pg_sleep(0.05)::text FROM pg_replication_slots"
                                            + " WHERE slot_name = ?",
                                    row -> row.flag("a"),
                                    slot));
            if (!held) {
                break;
            }
        }
        onMember(member, sql);
    }

    private void onMember(String member, String sql) throws SQLException {
        try (java.sql.Connection c = engine.connections().open(member, "app");
                Statement statement = c.createStatement()) {
            statement.execute(sql);
        }
    }
}
