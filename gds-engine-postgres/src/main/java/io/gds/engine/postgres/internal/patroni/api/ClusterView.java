package io.gds.engine.postgres.internal.patroni.api;

import java.util.List;
import java.util.Optional;

/**
 * The cluster as the DCS knows it ({@code GET /cluster}). A member that is absent let its key expire, which is not the
 * same as down. Immutable.
 *
 * @param members in the order of their names
 * @param pause whether the cluster is in maintenance mode
 * @param scheduledSwitchover a switchover somebody scheduled
 * @param scope the cluster's name; not said before 3.2
 */
public record ClusterView(
        List<ClusterMember> members,
        boolean pause,
        Optional<ScheduledSwitchover> scheduledSwitchover,
        Optional<String> scope) {
    /** Copies the members. */
    public ClusterView {
        members = List.copyOf(members);
    }

    /** Who holds the leader lock. */
    public Optional<ClusterMember> leader() {
        return members.stream().filter(ClusterMember::isLeader).findFirst();
    }

    /** A member by its name. */
    public Optional<ClusterMember> member(String name) {
        return members.stream().filter(m -> m.name().equals(name)).findFirst();
    }

    static ClusterView of(JsonObject json) {
        return new ClusterView(
                json.objects("members").orElseThrow(() -> json.missing("members", "a list of members")).stream()
                        .map(ClusterMember::of)
                        .toList(),
                json.flag("pause"),
                ScheduledSwitchover.of(json),
                json.text("scope"));
    }
}
