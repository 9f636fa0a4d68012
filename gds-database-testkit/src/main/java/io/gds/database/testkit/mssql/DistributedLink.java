package io.gds.database.testkit.mssql;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What joins two groups to a distributed one: the log goes from the primary of the first to the primary of the second, by the names of their
 * listeners, so that it finds whoever leads after a failover on either side. Both groups have one lock. For whoever is inside of a change.
 *
 * <p>Source: Distributed availability groups (SQL Server).
 */
final class DistributedLink {
    /** Whoever leads on both sides, and since when: another one is another connection. */
    private record Ends(Replica from, long fromEpoch, Replica to, long toEpoch) {}

    private final String name;
    private final AvailabilityMode mode;
    private final GroupModel first;
    private final GroupModel second;
    private @Nullable Ends ends;
    private Instant due;
    private boolean connected;
    private boolean down;
    private boolean lags;
    private @Nullable SuspendReason atNewForwarders;

    DistributedLink(String name, AvailabilityMode mode, GroupModel first, GroupModel second) {
        this.name = name;
        this.mode = mode;
        this.first = first;
        this.second = second;
        this.due = first.now();
    }

    String name() {
        return name;
    }

    AvailabilityMode mode() {
        return mode;
    }

    GroupModel first() {
        return first;
    }

    GroupModel second() {
        return second;
    }

    /** The same on both sides, and in every test. */
    UUID id(String... parts) {
        return UUID.nameUUIDFromBytes(
                ("distributed\0" + name + "\0" + String.join("\0", parts)).getBytes(StandardCharsets.UTF_8));
    }

    boolean isConnected() {
        return connected;
    }

    /** Nothing gets through between the two sides, or everything again. */
    void down(boolean now) {
        down = now;
    }

    /** It is connected, and no log arrives. */
    void lags(boolean now) {
        lags = now;
    }

    /** Whoever becomes forwarder has its databases suspended; null for not any more. */
    void atNewForwarders(@Nullable SuspendReason reason) {
        atNewForwarders = reason;
    }

    /** The first moment: both sides are connected. */
    void found() {
        ends = ends();
        connected = ends != null;
        eachDatabase(this::meet);
    }

    /** Moves everything on to now, from the first primary to the last secondary. */
    void advance() {
        first.movement().advance();
        connect();
        second.movement().advance();
    }

    void planWake() {
        first.movement().planWake();
        second.movement().planWake();
    }

    private void connect() {
        Ends now = ends();
        if (!Objects.equals(now, ends)) {
            ends = now;
            connected = false;
            if (now != null) {
                due = first.now().plus(second.config().times().reconnect());
                second.later(second.config().times().reconnect(), () -> {});
            }
        }
        if (now != null && !connected && !first.now().isBefore(due)) {
            connected = true;
            SuspendReason reason = atNewForwarders;
            if (reason != null) {
                eachDatabase(d -> new Links(second).suspend(now.to(), d, reason));
            }
            eachDatabase(this::meet);
        }
    }

    private void eachDatabase(Consumer<ReplicaDatabase> what) {
        Replica forwarder = second.primary();
        if (forwarder != null) {
            forwarder.databases().forEach(what);
        }
    }

    /** Null while there is none, on one side or the other, or when they cannot talk to each other. */
    private @Nullable Ends ends() {
        Replica from = first.primary();
        Replica to = second.primary();
        boolean reached = from != null && to != null && from.isAlive() && to.isAlive() && !down;
        if (!reached || from == null || to == null || isOfHigherMajor(from, to)) {
            return null;
        }
        return new Ends(from, first.epoch(), to, second.epoch());
    }

    /** Its log is nothing that the other could redo. */
    private static boolean isOfHigherMajor(Replica one, Replica than) {
        return new ServerVersion(one.instance().version()).major()
                > new ServerVersion(than.instance().version()).major();
    }

    /** The log begins to flow into a database of the forwarder: what the global primary does not have is undone on this side. */
    void meet(ReplicaDatabase database) {
        Ends now = ends;
        ReplicaDatabase source = now == null ? null : now.from().database(database.name());
        if (now == null || source == null || !connected || database.suspended() != null) {
            return;
        }
        double before = database.end();
        database.meet(source, first.now(), second.config().times().settle());
        if (database.end() < before) {
            for (Replica other : second.othersThan(now.to())) {
                ReplicaDatabase copy = other.database(database.name());
                if (copy != null && copy.suspended() == null) {
                    copy.meet(database, first.now(), second.config().times().settle());
                }
            }
        }
        if (first.knobs().suspendsOlderBuilds() && Links.isOlder(now.to(), now.from())) {
            new Links(second).suspend(now.to(), database, SuspendReason.REDO);
        }
    }

    /** Where a database of the forwarder gets its log from now; null for nowhere. */
    @Nullable
    ReplicaDatabase source(ReplicaDatabase database) {
        return lags ? null : upstream(database);
    }

    private @Nullable ReplicaDatabase upstream(ReplicaDatabase database) {
        Ends now = ends;
        if (now == null || !connected || database.suspended() != null) {
            return null;
        }
        ReplicaDatabase source = now.from().database(database.name());
        return source == null || source.suspended() != null ? null : source;
    }

    /** How the data of a database move to the forwarder. */
    SynchronizationState state(ReplicaDatabase database) {
        ReplicaDatabase source = upstream(database);
        if (source == null) {
            return SynchronizationState.NOT_SYNCHRONIZING;
        }
        return mode == AvailabilityMode.SYNCHRONOUS_COMMIT && !lags && database.hasCaughtUp(first.now(), source)
                ? SynchronizationState.SYNCHRONIZED
                : SynchronizationState.SYNCHRONIZING;
    }

    /** Kilobytes that the forwarder does not have yet. */
    double missing(ReplicaDatabase database) {
        Replica from = first.primary();
        ReplicaDatabase source = from == null ? null : from.database(database.name());
        return source == null ? 0 : Math.max(0, source.end() - database.end());
    }
}
