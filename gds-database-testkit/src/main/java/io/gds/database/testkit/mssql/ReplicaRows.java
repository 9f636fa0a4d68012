package io.gds.database.testkit.mssql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the views that say how the replicas of a group are. For whoever is inside of a change. */
final class ReplicaRows {
    private static final List<String> HEALTH = List.of("NOT_HEALTHY", "PARTIALLY_HEALTHY", "HEALTHY");
    private static final List<String> RECOVERY = List.of("ONLINE_IN_PROGRESS", "ONLINE");
    private static final List<String> OPERATION =
            List.of("PENDING_FAILOVER", "PENDING", "ONLINE", "OFFLINE", "FAILED", "FAILED_NO_QUORUM");

    private final GroupModel group;

    ReplicaRows(GroupModel group) {
        this.group = group;
    }

    /** The primary knows all of them, the others only themselves. */
    List<List<@Nullable Object>> states(Replica local) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (Replica replica : group.replicas()) {
            if (replica == local || group.primary() == local) {
                out.add(state(replica, replica == local));
            }
        }
        return out;
    }

    private List<@Nullable Object> state(Replica replica, boolean isLocal) {
        Integer operation = isLocal ? operation(replica) : null;
        Integer recovery = isLocal ? recovery(replica) : null;
        int health = health(group, replica);
        boolean error = replica.lastErrorAt() != null;
        return Relation.row(
                replica.id(),
                group.config().id(),
                isLocal,
                replica.role().number(),
                replica.role().name(),
                operation,
                operation == null ? null : OPERATION.get(operation),
                replica.isConnected() ? 1 : 0,
                replica.isConnected() ? "CONNECTED" : "DISCONNECTED",
                recovery,
                recovery == null ? null : RECOVERY.get(recovery),
                health,
                HEALTH.get(health),
                error ? replica.lastError() : null,
                error ? GroupErrors.text(replica.lastError(), group.config().name()) : null,
                Relation.time(replica.lastErrorAt()));
    }

    private int operation(Replica replica) {
        GroupModel.Pending pending = group.pending();
        if (!group.hasQuorum()) {
            return 5;
        }
        if (group.knobs().isFailed(replica) || replica.lastError() == GroupErrors.HIGHER_CONFIGURATION) {
            return replica.role() == ReplicaRole.RESOLVING || group.knobs().isFailed(replica) ? 4 : 2;
        }
        if (pending != null && pending.target() == replica) {
            return 0;
        }
        return replica.role() == ReplicaRole.RESOLVING ? 3 : 2;
    }

    private int recovery(Replica replica) {
        return replica.databases().stream().allMatch(d -> DatabaseRows.isOnline(replica, d)) ? 1 : 0;
    }

    /** 2 when every database of a replica is as it should be, 0 when one does not get any data. */
    static int health(GroupModel group, Replica replica) {
        return replica.databases().stream()
                .mapToInt(d -> DatabaseRows.health(group, replica, d))
                .min()
                .orElse(replica.isConnected() ? 2 : 0);
    }

    List<List<@Nullable Object>> clusterStates() {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (Replica replica : group.replicas()) {
            out.add(Relation.row(replica.id(), replica.name(), group.config().id(), 1, "JOINED_STANDALONE_INSTANCE"));
        }
        return out;
    }

    List<List<@Nullable Object>> nodes() {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (Replica replica : group.replicas()) {
            out.add(Relation.row(
                    group.config().name(), replica.name(), replica.instance().hostName()));
        }
        return out;
    }

    List<List<@Nullable Object>> group(Replica local) {
        Replica primary = group.primary();
        boolean isPrimary = primary == local;
        Integer recovery = recovery(local);
        Integer here = isPrimary ? recovery : null;
        Integer there = isPrimary ? null : recovery;
        int health = isPrimary ? health() : health(group, local);
        return List.of(Relation.row(
                group.config().id(),
                primary == null ? null : primary.name(),
                here,
                here == null ? null : RECOVERY.get(here),
                there,
                there == null ? null : RECOVERY.get(there),
                health,
                HEALTH.get(health)));
    }

    private int health() {
        long healthy =
                group.replicas().stream().filter(r -> health(group, r) == 2).count();
        return healthy == 0 ? 0 : healthy == group.replicas().size() ? 2 : 1;
    }
}
