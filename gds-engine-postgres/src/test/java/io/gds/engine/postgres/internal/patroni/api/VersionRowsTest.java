package io.gds.engine.postgres.internal.patroni.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for every difference between the versions, on recorded answers where they show it. */
class VersionRowsTest {
    static Stream<String> versions() {
        return Stream.of(Samples.VERSIONS);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void leaderOfAStatus_isMasterUpTo33AndPrimaryFrom40(String version) {
        String word = version.startsWith("3.") ? "master" : "primary";
        assertThat(Samples.text(version, "leader")).contains("\"role\": \"" + word + "\"");
        NodeStatus leader = Samples.status(version, "leader");
        assertThat(leader.role()).isEqualTo(NodeRole.LEADER);
        assertThat(leader.positions().written()).isPresent();
        assertThat(leader.replication()).hasSize(2).allSatisfy(row -> {
            assertThat(row.user()).contains("replicator");
            assertThat(row.state()).isEqualTo("streaming");
            assertThat(row.syncState()).isEqualTo("async");
        });
        NodeStatus replica = Samples.status(version, "replica");
        assertThat(replica.role()).isEqualTo(NodeRole.REPLICA);
        assertThat(replica.positions().received()).isPresent();
        assertThat(replica.positions().replayedAt()).isEmpty();
        assertThat(replica.positions().replayPaused()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void leaderOfTheCluster_isLeaderInAll(String version) {
        ClusterView view = Samples.cluster(version, "cluster");
        assertThat(view.members()).extracting(ClusterMember::name).containsExactly("n1", "n2", "n3");
        assertThat(view.leader().map(ClusterMember::role)).contains(NodeRole.LEADER);
        assertThat(view.leader().map(ClusterMember::lag)).contains(OptionalLong.empty());
        assertThat(view.pause()).isFalse();
        assertThat(view.scheduledSwitchover()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3.0.2, running", "3.3.6, streaming", "4.0.6, streaming", "4.1.0, streaming"})
    void healthyReplica_isRunningUpTo303AndStreamingLater(String version, String state) {
        ClusterView view = Samples.cluster(version, "cluster");
        assertThat(view.members()).filteredOn(m -> !m.isLeader()).hasSize(2).allSatisfy(m -> {
            assertThat(m.state()).isEqualTo(state);
            assertThat(m.isRunning()).isTrue();
            assertThat(m.lag()).hasValue(0);
        });
    }

    @ParameterizedTest
    @MethodSource("versions")
    void replicationState_isNotSaidBefore304(String version) {
        Optional<String> said = Samples.status(version, "replica").replicationState();
        assertThat(said).isEqualTo(version.equals("3.0.2") ? Optional.empty() : Optional.of("streaming"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void nameOfAStatusAndScopeOfTheCluster_areNotSaidBefore32(String version) {
        NodeStatus status = Samples.status(version, "replica");
        boolean old = version.equals("3.0.2");
        assertThat(status.name().isPresent()).isEqualTo(!old);
        assertThat(status.scope()).contains("demo");
        assertThat(status.patroniVersion()).hasToString(version);
        assertThat(Samples.cluster(version, "cluster").scope()).isEqualTo(old ? Optional.empty() : Optional.of("demo"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void reasonsOfAPendingRestart_areNotSaidBefore33(String version) {
        Map<String, PendingRestart.Change> reasons =
                version.equals("3.0.2") ? Map.of() : Map.of("max_connections", new PendingRestart.Change("50", "60"));
        PendingRestart expected = new PendingRestart(true, reasons);
        assertThat(Samples.status(version, "replica-busy").pendingRestart()).isEqualTo(expected);
        assertThat(Samples.cluster(version, "cluster-busy").members())
                .allSatisfy(m -> assertThat(m.pendingRestart()).isEqualTo(expected));
        assertThat(Samples.status(version, "replica").pendingRestart()).isEqualTo(new PendingRestart(false, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"3.0.2, SYNC, 1", "3.3.6, SYNC, 1", "4.0.6, QUORUM, 2", "4.1.0, QUORUM, 2"})
    void quorum_isThereFrom40On(String version, SyncState kind, int standbys) {
        assertThat(Samples.cluster(version, "cluster-busy").members())
                .filteredOn(m -> m.syncState() == kind)
                .hasSize(standbys)
                .allSatisfy(m -> assertThat(m.role()).isEqualTo(NodeRole.REPLICA));
        assertThat(Samples.status(version, "leader-busy").replication())
                .filteredOn(row -> !row.syncState().equals("async"))
                .hasSize(standbys);
        SyncState own = Samples.status(version, "replica-busy").syncState();
        assertThat(own).isEqualTo(kind == SyncState.QUORUM ? SyncState.QUORUM : SyncState.ASYNC);
    }

    @Test
    void lagByReceivingAndReplaying_isSaidFrom41OnAndNotNeeded() {
        assertThat(Samples.text("4.1.0", "cluster")).contains("receive_lag", "replay_lsn");
        assertThat(Samples.text("4.0.6", "cluster")).doesNotContain("receive_lag");
        assertThat(Samples.cluster("4.1.0", "cluster").member("n2").map(ClusterMember::lag))
                .contains(OptionalLong.of(0));
    }

    @ParameterizedTest
    @EnumSource
    void roleFilterOfARestart_isNeverSent(Version version) throws IOException {
        try (FakeMembers fake = new FakeMembers(version)) {
            fake.cluster.installed.replaceAll((m, v) -> 150020);
            RestartFilter filter = new RestartFilter(Optional.of("15.20"), Optional.of(Duration.ofSeconds(90)));
            for (String member : fake.apis.members()) {
                assertThat(fake.api(member)
                                .restart(filter, Duration.ofSeconds(20))
                                .isDone())
                        .isTrue();
                assertThat(fake.server(member).seen().get(0).body())
                        .contains("{\"postgres_version\":\"15.20\",\"timeout\":90}");
            }
            fake.api("n1").restart(RestartFilter.NONE, Duration.ofSeconds(20));
            assertThat(fake.server("n1").seen().get(1).body()).contains("{}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMixedCluster_isSeenByAskingEveryMember(Version version) throws IOException {
        try (FakeMembers fake = new FakeMembers(version)) {
            NodeStatus status = fake.api("n2").status();
            assertThat(status.patroniVersion()).hasToString(version.text);
            assertThat(status.role()).isEqualTo(NodeRole.REPLICA);
            assertThat(fake.api("n1").status().role()).isEqualTo(NodeRole.LEADER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "master, LEADER",
        "primary, LEADER",
        "leader, LEADER",
        "promoted, LEADER",
        "standby_leader, STANDBY_LEADER",
        "replica, REPLICA",
        "sync_standby, REPLICA",
        "quorum_standby, REPLICA",
        "demoted, UNKNOWN",
        "uninitialized, UNKNOWN"
    })
    void rolesHaveOneName(String word, NodeRole role) {
        assertThat(NodeRole.of(word)).isEqualTo(role);
    }

    @Test
    void whereAServerStandsInTheLogDecidesItsRole() {
        String form = "{\"state\":\"running\",\"role\":\"%s\",\"xlog\":{%s},\"patroni\":{\"version\":\"4.1.4\"}}";
        assertThat(status(form.formatted("replica", "\"location\":5")).role()).isEqualTo(NodeRole.LEADER);
        assertThat(status(form.formatted("master", "\"replayed_location\":5")).role())
                .isEqualTo(NodeRole.REPLICA);
        assertThat(status(form.formatted("standby_leader", "\"received_location\":5"))
                        .role())
                .isEqualTo(NodeRole.STANDBY_LEADER);
        assertThat(status(form.formatted("demoted", "")).role()).isEqualTo(NodeRole.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatIsScheduledAndPaused(String version) {
        Instant at = Instant.parse("2036-01-01T03:00:00Z");
        ClusterView busy = Samples.cluster(version, "cluster-busy");
        ScheduledSwitchover switchover = busy.scheduledSwitchover().orElseThrow();
        assertThat(switchover.at()).isEqualTo(at);
        assertThat(switchover.from()).isEqualTo(busy.leader().map(ClusterMember::name));
        String candidate = switchover.to().orElseThrow();
        assertThat(busy.member(candidate).flatMap(ClusterMember::scheduledRestart))
                .hasValueSatisfying(r -> assertThat(r.at()).isEqualTo(at));
        assertThat(Samples.status(version, "replica-busy").scheduledRestart())
                .contains(new ScheduledRestart(
                        at, Params.of("schedule", "2036-01-01T03:00:00+00:00", "postgres_version", "15.20")));
        assertThat(Samples.cluster(version, "cluster-paused").pause()).isTrue();
        assertThat(Samples.status(version, "replica-paused").pause()).isTrue();
        assertThat(Samples.status(version, "replica").pause()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theRestOfAStatus(String version) {
        NodeStatus status = Samples.status(version, "leader");
        assertThat(status.isRunning()).isTrue();
        assertThat(status.serverVersion()).hasValueSatisfying(v -> assertThat(v).hasToString("15.18"));
        assertThat(status.postmasterStart()).isPresent();
        assertThat(status.timeline()).hasValue(1);
        assertThat(status.tags()).isEqualTo(Params.of("clonefrom", true));
        assertThat(status.systemId()).hasValueSatisfying(id -> assertThat(id).matches("\\d{19}"));
        assertThat(status.dcsLastSeen()).isPresent();
        assertThat(status.watchdogFailed()).isFalse();
        assertThat(status.clusterUnlocked()).isFalse();
        assertThat(Samples.json(version, "config").params().object("postgresql").object("parameters"))
                .as("a fraction becomes its text")
                .satisfies(p -> assertThat(p.string("random_page_cost")).isEqualTo("1.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-08-28 19:39:26.352526+00:00",
                "2024-08-28 21:39:26.352526+02:00",
                "2024-08-28T19:39:26.352526+00:00",
                "2024-08-28 19:39:26.352526 UTC"
            })
    void timesInAllForms(String text) {
        String json = "{\"state\":\"running\",\"role\":\"replica\",\"postmaster_start_time\":\"" + text
                + "\",\"patroni\":{\"version\":\"4.0.4\"}}";
        assertThat(status(json).postmasterStart()).contains(Instant.parse("2024-08-28T19:39:26.352526Z"));
    }

    @ParameterizedTest
    @CsvSource({"150018, 15.18", "90624, 9.6.24", "180003, 18.3", "190000, 19.0"})
    void serverVersions(long number, String version) {
        String json = "{\"state\":\"running\",\"role\":\"replica\",\"server_version\":" + number
                + ",\"patroni\":{\"version\":\"4.0.4\"}}";
        assertThat(status(json).serverVersion())
                .hasValueSatisfying(v -> assertThat(v).hasToString(version));
    }

    private static NodeStatus status(String json) {
        return NodeStatus.of(JsonObject.parse("test", json, json));
    }
}
