package io.gds.engine.mssql.internal.group;

import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import java.util.List;
import java.util.Optional;

/**
 * What one instance says.
 *
 * @param target the instance
 * @param facts what it is
 * @param groups the groups that it is in
 * @param replicas of all of them
 * @param databases of all of them
 */
public record InstanceView(
        TargetSpec target,
        InstanceFacts facts,
        List<GroupConfig> groups,
        List<ReplicaRow> replicas,
        List<DatabaseRow> databases) {
    /** Copies the lists. */
    public InstanceView {
        groups = List.copyOf(groups);
        replicas = List.copyOf(replicas);
        databases = List.copyOf(databases);
    }

    /** Its name in plans. */
    public String name() {
        return target.name();
    }

    /** A group by its name, whatever the case. */
    public Optional<GroupConfig> group(String name) {
        return groups.stream().filter(g -> g.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Its own replica in a group. */
    public Optional<ReplicaRow> itself(String groupId) {
        return replicas.stream()
                .filter(r -> r.group().equals(groupId) && r.isLocal())
                .findFirst();
    }

    /** What it is in a group, as it says itself. */
    public Optional<ReplicaRole> role(String groupId) {
        return itself(groupId).flatMap(ReplicaRow::role);
    }

    /** Its own databases in a group. */
    public List<DatabaseRow> own(String groupId) {
        return databases.stream()
                .filter(d -> d.group().equals(groupId) && d.server().equalsIgnoreCase(facts.serverName()))
                .toList();
    }
}
