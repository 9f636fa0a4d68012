package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.plan.Params;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One member as the DCS knows it. Immutable.
 *
 * @param name the member's name
 * @param role leader when it holds the leader lock
 * @param syncState whether commits wait for it
 * @param state Patroni's word: a healthy replica says {@code running} up to 3.0.3 and {@code streaming} later
 * @param host where its server listens
 * @param port where its server listens
 * @param apiUrl its REST interface, for {@link ApiTarget#of}
 * @param timeline its timeline
 * @param lag how far it trails in bytes, as fresh as the last loop; empty for leaders and when it is unknown
 * @param tags its tags
 * @param pendingRestart settings that wait for a restart
 * @param scheduledRestart a restart somebody scheduled there
 */
public record ClusterMember(
        String name,
        NodeRole role,
        SyncState syncState,
        String state,
        Optional<String> host,
        OptionalLong port,
        Optional<String> apiUrl,
        OptionalLong timeline,
        OptionalLong lag,
        Params tags,
        PendingRestart pendingRestart,
        Optional<ScheduledRestart> scheduledRestart) {
    /** Whether it holds the leader lock, of a standby cluster too. */
    public boolean isLeader() {
        return role == NodeRole.LEADER || role == NodeRole.STANDBY_LEADER;
    }

    /** Whether Patroni sees its server running. */
    public boolean isRunning() {
        return state.equals("running") || state.equals("streaming") || state.equals("in archive recovery");
    }

    static ClusterMember of(JsonObject json) {
        String role = json.text("role").orElse("");
        return new ClusterMember(
                json.requiredText("name"),
                NodeRole.of(role),
                syncState(role),
                json.text("state").orElse("unknown"),
                json.text("host"),
                json.number("port"),
                json.text("api_url"),
                json.number("timeline"),
                // An unknown lag is written as the text "unknown".
                json.anyText("lag").filter(lag -> lag.matches("\\d+")).isPresent()
                        ? json.number("lag")
                        : OptionalLong.empty(),
                json.params("tags"),
                PendingRestart.of(json),
                ScheduledRestart.of(json));
    }

    private static SyncState syncState(String role) {
        return switch (role) {
            case "sync_standby" -> SyncState.SYNC;
            case "quorum_standby" -> SyncState.QUORUM;
            default -> SyncState.ASYNC;
        };
    }
}
