package io.gds.database.testkit.mssql;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the log gets from the primary to the others, and when that makes them SYNCHRONIZED. For whoever is inside of a change. */
final class DataMovement {
    private static final Duration SOON = Duration.ofMillis(1);

    private final GroupModel group;
    private final Commits commits;
    private @Nullable Instant wake;

    DataMovement(GroupModel group) {
        this.group = group;
        this.commits = new Commits(group);
    }

    Commits commits() {
        return commits;
    }

    /** Moves the clocks of all databases to now. */
    void advance() {
        Instant now = group.now();
        Replica primary = group.primary();
        for (Replica replica : group.replicas()) {
            for (ReplicaDatabase database : replica.databases()) {
                if (primary == null || replica == primary) {
                    database.flow(now, replica == primary ? upstream(database) : null);
                } else {
                    advance(now, primary, replica, database);
                }
            }
        }
        if (primary != null && !group.isForwarding()) {
            commits.finishWhatCan(primary);
        }
    }

    /** Where a primary's database gets its log from: from nowhere, unless it is a forwarder's whose link moves. */
    private @Nullable ReplicaDatabase upstream(ReplicaDatabase database) {
        DistributedLink link = group.link();
        return link == null || !group.isForwarding() ? null : link.source(database);
    }

    private void advance(Instant now, Replica primary, Replica replica, ReplicaDatabase database) {
        ReplicaDatabase source = primary.database(database.name());
        if (source == null || !isMoving(primary, source, replica, database)) {
            database.flow(now, null);
            synced(now, replica, database, false);
            return;
        }
        boolean silent = replica.isHanging() || primary.isHanging();
        database.flow(now, silent ? null : source);
        if (!isSynchronous(primary, replica) || database.isHeld()) {
            synced(now, replica, database, false);
        } else if (!silent && database.hasCaughtUp(now, source)) {
            synced(now, replica, database, true);
        }
    }

    /** Whether commits wait for it when it has caught up: both sides have to want that. */
    static boolean isSynchronous(Replica primary, Replica replica) {
        return primary.settings().isSynchronous() && replica.settings().isSynchronous();
    }

    private static boolean isMoving(
            Replica primary, ReplicaDatabase source, Replica replica, ReplicaDatabase database) {
        return replica.isConnected()
                && database.suspended() == null
                && source.suspended() == null
                && primary.isRunning();
    }

    private void synced(Instant now, Replica replica, ReplicaDatabase database, boolean synced) {
        if (database.isSynced() != synced) {
            database.synced(synced);
            group.log(new GroupEvent.SynchronizationChanged(now, replica.name(), database.name(), synced));
        }
        // The primary writes this into the cluster; without one, what was written last stays.
        database.ready(synced);
    }

    /** What a database's state is, as the views have it. */
    SynchronizationState state(Replica replica, ReplicaDatabase database) {
        Replica primary = group.primary();
        if (primary == null || database.suspended() != null) {
            return SynchronizationState.NOT_SYNCHRONIZING;
        }
        DistributedLink link = group.link();
        if (replica == primary && link != null && group.isForwarding() && !database.isRecovering()) {
            return link.state(database);
        }
        if (replica == primary) {
            return database.isRecovering() ? SynchronizationState.NOT_SYNCHRONIZING : SynchronizationState.SYNCHRONIZED;
        }
        ReplicaDatabase source = primary.database(database.name());
        if (source == null || !isMoving(primary, source, replica, database)) {
            return SynchronizationState.NOT_SYNCHRONIZING;
        }
        return database.isSynced() ? SynchronizationState.SYNCHRONIZED : SynchronizationState.SYNCHRONIZING;
    }

    /** Has the timer come back when the next database will be synchronized: a commit may wait for it. */
    void planWake() {
        Instant now = group.now();
        Instant next = nextCaughtUp(now);
        if (next == null) {
            return;
        }
        Instant at = next.isAfter(now) ? next : now.plus(SOON);
        if (wake == null || at.isBefore(wake)) {
            wake = at;
            group.lock().afterwards(() -> group.config().timer().at(at, () -> group.change(this::awake)));
        }
    }

    private boolean awake() {
        if (wake != null && !wake.isAfter(group.now())) {
            wake = null;
        }
        return true;
    }

    private @Nullable Instant nextCaughtUp(Instant now) {
        Replica primary = group.primary();
        Instant first = null;
        if (primary == null || primary.isHanging()) {
            return null;
        }
        for (Replica replica : group.othersThan(primary)) {
            for (ReplicaDatabase database : replica.databases()) {
                Instant at = caughtUpAt(now, primary, replica, database);
                first = at != null && (first == null || at.isBefore(first)) ? at : first;
            }
        }
        return first;
    }

    private static @Nullable Instant caughtUpAt(
            Instant now, Replica primary, Replica replica, ReplicaDatabase database) {
        ReplicaDatabase source = primary.database(database.name());
        boolean waits = source != null
                && !database.isSynced()
                && !database.isHeld()
                && !replica.isHanging()
                && isSynchronous(primary, replica)
                && isMoving(primary, source, replica, database);
        return waits && source != null ? database.caughtUpAt(now, source) : null;
    }
}
