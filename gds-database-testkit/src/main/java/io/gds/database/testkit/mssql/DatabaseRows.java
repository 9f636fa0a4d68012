package io.gds.database.testkit.mssql;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the views that say how the databases of a group are on its replicas. For whoever is inside of a change. */
final class DatabaseRows {
    private static final List<String> HEALTH = List.of("NOT_HEALTHY", "PARTIALLY_HEALTHY", "HEALTHY");
    private static final BigDecimal FIRST_LSN = new BigDecimal("37000000000000001");
    private static final BigDecimal LSN_OF_A_KILOBYTE = BigDecimal.valueOf(100_000);

    private final GroupModel group;

    DatabaseRows(GroupModel group) {
        this.group = group;
    }

    /** The primary knows the databases of all replicas, the others only their own. */
    List<List<@Nullable Object>> states(Replica local) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (Replica replica : group.replicas()) {
            if (replica == local || group.primary() == local) {
                replica.databases().forEach(d -> out.add(state(local, replica, d)));
            }
        }
        return out;
    }

    /** As for the states: without the primary's view a replica only knows of itself. */
    List<List<@Nullable Object>> clusterStates(Replica local) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (Replica replica : group.replicas()) {
            if (replica == local || group.primary() == local) {
                replica.databases().forEach(d -> out.add(clusterState(local, replica, d)));
            }
        }
        return out;
    }

    private List<@Nullable Object> clusterState(Replica local, Replica replica, ReplicaDatabase d) {
        boolean known = group.hasQuorum();
        boolean pendingSuspend = d.suspended() == SuspendReason.PARTNER && !replica.isConnected();
        return Relation.row(
                replica.id(),
                group.config().id("database", d.name()),
                d.name(),
                d.isReady(),
                known ? pendingSuspend : null,
                known ? true : null,
                group.primary() == local ? lsn(d.end()) : null,
                lsn(0));
    }

    private List<@Nullable Object> state(Replica local, Replica replica, ReplicaDatabase d) {
        Replica primary = group.primary();
        boolean isPrimary = replica == primary;
        ReplicaDatabase source = primary == null ? null : primary.database(d.name());
        SynchronizationState sync = group.movement().state(replica, d);
        int health = health(group, replica, d);
        boolean online = isOnline(replica, d);
        SuspendReason suspended = d.suspended();
        boolean follows = !isPrimary;
        LogRecord last = d.lastRedone();
        Instant lastCommit = last == null ? group.config().created() : last.at();
        return Relation.row(
                local.instance().databaseId(d.name()),
                group.config().id(),
                replica.id(),
                group.config().id("database", d.name()),
                replica == local,
                isPrimary,
                sync.number(),
                sync.text(),
                isParticipant(replica, d),
                health,
                HEALTH.get(health),
                online ? 0 : stateNumber(d),
                online ? "ONLINE" : stateText(d),
                suspended != null,
                suspended == null ? null : suspended.number(),
                suspended == null ? null : suspended.text(),
                lsn(0),
                lsn(0),
                follows ? lsn(d.end()) : null,
                follows ? Relation.time(d.receivedAt()) : null,
                follows ? lsn(d.end()) : null,
                follows ? Relation.time(d.receivedAt()) : null,
                lsn(d.end()),
                follows ? Relation.time(d.receivedAt()) : null,
                follows ? lsn(d.redone()) : null,
                follows ? Relation.time(lastCommit) : null,
                follows && source != null ? whole(source.end() - d.end()) : null,
                follows ? whole(d.sendRate()) : null,
                follows ? whole(d.end() - d.redone()) : null,
                follows ? whole(d.redoRate()) : null,
                0L,
                lsn(d.end()),
                lsn(last == null ? 0 : last.end()),
                Relation.time(lastCommit),
                0L,
                follows && source != null ? lag(source, lastCommit) : null,
                null,
                null);
    }

    private boolean isParticipant(Replica replica, ReplicaDatabase d) {
        Replica primary = group.primary();
        return primary != null && (replica == primary ? replica.settings().isSynchronous() : d.isSynced());
    }

    private long lag(ReplicaDatabase source, Instant lastCommit) {
        LogRecord newest = source.lastRedone();
        return newest == null
                ? 0
                : Math.max(0, Duration.between(lastCommit, newest.at()).toSeconds());
    }

    static int health(GroupModel group, Replica replica, ReplicaDatabase d) {
        SynchronizationState state = group.movement().state(replica, d);
        if (state == SynchronizationState.NOT_SYNCHRONIZING) {
            return 0;
        }
        boolean target = state == SynchronizationState.SYNCHRONIZED
                || !replica.settings().isSynchronous()
                || (replica == group.primary() && group.isForwarding());
        return target ? 2 : 1;
    }

    /** What is neither a primary's nor a secondary's database waits for its recovery. */
    static boolean isOnline(Replica replica, ReplicaDatabase d) {
        return !d.isRecovering() && replica.role() != ReplicaRole.RESOLVING;
    }

    private static int stateNumber(ReplicaDatabase d) {
        return d.isRecovering() ? 2 : 3;
    }

    static String stateText(ReplicaDatabase d) {
        return d.isRecovering() ? "RECOVERING" : "RECOVERY_PENDING";
    }

    static long whole(double kilobytes) {
        return (long) Math.ceil(Math.max(0, kilobytes));
    }

    static BigDecimal lsn(double kilobytes) {
        return FIRST_LSN.add(BigDecimal.valueOf(whole(kilobytes)).multiply(LSN_OF_A_KILOBYTE));
    }
}
