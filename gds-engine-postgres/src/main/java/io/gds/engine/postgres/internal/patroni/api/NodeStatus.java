package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.plan.Params;
import io.gds.database.version.EngineVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one member says of itself ({@code GET /patroni}). Immutable.
 *
 * @param state Patroni's word, for example {@code running}, {@code starting}, {@code stopped}
 * @param role by where the server stands in the log when it answers, else Patroni's word; who holds the leader lock is
 *     said by {@link ClusterView} only
 * @param syncState whether commits wait for it
 * @param serverVersion of the server that runs; empty when none answers
 * @param postmasterStart when that server was started
 * @param timeline its timeline
 * @param positions where it stands in the log
 * @param replicationState {@code streaming} or {@code in archive recovery}; not said before 3.0.4
 * @param replication who receives the log from it
 * @param tags its tags as they are in force
 * @param pause whether the cluster is in maintenance mode, as this member knows
 * @param pendingRestart settings that wait for a restart
 * @param scheduledRestart a restart somebody scheduled here
 * @param watchdogFailed whether its watchdog cannot be relied on
 * @param clusterUnlocked whether there is no leader, as this member knows
 * @param failsafeActive whether it goes on without the DCS
 * @param dcsLastSeen when it last reached the DCS
 * @param systemId the identity of the data
 * @param patroniVersion the version of Patroni
 * @param scope the cluster's name
 * @param name the member's name; not said before 3.2
 */
public record NodeStatus(
        String state,
        NodeRole role,
        SyncState syncState,
        Optional<EngineVersion> serverVersion,
        Optional<Instant> postmasterStart,
        OptionalLong timeline,
        WalPositions positions,
        Optional<String> replicationState,
        List<StandbyRow> replication,
        Params tags,
        boolean pause,
        PendingRestart pendingRestart,
        Optional<ScheduledRestart> scheduledRestart,
        boolean watchdogFailed,
        boolean clusterUnlocked,
        boolean failsafeActive,
        Optional<Instant> dcsLastSeen,
        Optional<String> systemId,
        EngineVersion patroniVersion,
        Optional<String> scope,
        Optional<String> name) {
    /** Whether Patroni sees its server running. */
    public boolean isRunning() {
        return state.equals("running");
    }

    static NodeStatus of(JsonObject json) {
        WalPositions positions = WalPositions.of(json.object("xlog"));
        JsonObject patroni = json.object("patroni").orElseThrow(() -> json.missing("patroni", "an object"));
        return new NodeStatus(
                json.requiredText("state"),
                role(json.requiredText("role"), positions),
                syncState(json),
                version(json.number("server_version")),
                json.time("postmaster_start_time"),
                json.number("timeline"),
                positions,
                json.text("replication_state"),
                StandbyRow.all(json),
                json.params("tags"),
                json.flag("pause"),
                PendingRestart.of(json),
                ScheduledRestart.of(json),
                json.flag("watchdog_failed"),
                json.flag("cluster_unlocked"),
                json.flag("failsafe_mode_is_active"),
                lastSeen(json.number("dcs_last_seen")),
                json.text("database_system_identifier"),
                patroni.requiredVersion("version"),
                patroni.text("scope"),
                patroni.text("name"));
    }

    private static NodeRole role(String word, WalPositions positions) {
        if (positions.written().isPresent()) {
            return NodeRole.LEADER;
        }
        NodeRole said = NodeRole.of(word);
        boolean follows =
                positions.received().isPresent() || positions.replayed().isPresent();
        return follows && said != NodeRole.STANDBY_LEADER ? NodeRole.REPLICA : said;
    }

    private static SyncState syncState(JsonObject json) {
        if (json.flag("sync_standby")) {
            return SyncState.SYNC;
        }
        return json.flag("quorum_standby") ? SyncState.QUORUM : SyncState.ASYNC;
    }

    /** 160004 is 16.4; 90624 is 9.6.24. */
    private static Optional<EngineVersion> version(OptionalLong number) {
        if (number.isEmpty() || number.getAsLong() <= 0) {
            return Optional.empty();
        }
        long n = number.getAsLong();
        String text = n >= 100_000 ? n / 10_000 + "." + n % 10_000 : n / 10_000 + "." + n / 100 % 100 + "." + n % 100;
        return Optional.of(EngineVersion.parse(text));
    }

    private static Optional<Instant> lastSeen(OptionalLong epoch) {
        return epoch.isPresent() && epoch.getAsLong() > 0
                ? Optional.of(Instant.ofEpochSecond(epoch.getAsLong()))
                : Optional.empty();
    }
}
