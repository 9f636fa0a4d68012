package io.gds.database.testkit.mssql;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A distributed group: two groups, of which one is written to and the other gets its log. What goes wrong with the link between them is set here,
 * what goes wrong inside of a group by its own {@link AvailabilityGroup#faults}. Thread-safe.
 *
 * <p>Source: Distributed availability groups (SQL Server). Commits never wait for the forwarder here, also not in the synchronous mode.
 */
public final class DistributedGroup {
    private final DistributedLink link;

    DistributedGroup(DistributedLink link) {
        this.link = link;
    }

    private DistributedGroup set(Runnable work) {
        link.second().change(() -> {
            work.run();
            return true;
        });
        return this;
    }

    /** Its name. */
    public String name() {
        return link.name();
    }

    /** The server that writes go to; empty while there is none. */
    public Optional<String> globalPrimary() {
        return link.second()
                .change(() -> Optional.ofNullable(link.first().primary()).map(Replica::name));
    }

    /** The server that gets the log and ships it on; empty while there is none. */
    public Optional<String> forwarder() {
        return link.second()
                .change(() -> Optional.ofNullable(link.second().primary()).map(Replica::name));
    }

    /** Whether the two sides hear each other. */
    public boolean isConnected() {
        return link.second().change(link::isConnected);
    }

    /** How the data of a database move to the forwarder; NOT_SYNCHRONIZING while there is none. */
    public SynchronizationState synchronization(String database) {
        return link.second().change(() -> {
            Replica forwarder = link.second().primary();
            return forwarder == null
                    ? SynchronizationState.NOT_SYNCHRONIZING
                    : link.second().movement().state(forwarder, copy(forwarder, database));
        });
    }

    /** Whether the log of every database moves, and the forwarder has all of it. */
    public boolean isInStep() {
        return link.second().change(() -> {
            Replica forwarder = link.second().primary();
            return forwarder != null
                    && forwarder.databases().stream()
                            .allMatch(d ->
                                    link.state(d) != SynchronizationState.NOT_SYNCHRONIZING && link.missing(d) == 0);
        });
    }

    /** The numbers that clients of the first group were told are committed, and that a replica of the second one does not have on its disk. */
    public List<Long> missing(String replica, String database, String table) {
        return link.second().change(() -> {
            List<Long> there = copy(link.second().replica(replica), database).log().stream()
                    .flatMap(record -> record.changes().stream())
                    .filter(c -> c instanceof LogRecord.NewRow && c.table().equalsIgnoreCase(table))
                    .map(c -> ((LogRecord.NewRow) c).value())
                    .toList();
            return link.first().movement().commits().acknowledged(database).stream()
                    .filter(row -> row.table().equalsIgnoreCase(table))
                    .map(LogRecord.NewRow::value)
                    .filter(n -> !there.contains(n))
                    .toList();
        });
    }

    /** Nothing gets through between the two groups, or everything again. */
    public DistributedGroup breaks(boolean on) {
        return set(() -> link.down(on));
    }

    /** The two groups hear each other, and no log arrives at the forwarder. */
    public DistributedGroup lags(boolean on) {
        return set(() -> link.lags(on));
    }

    /**
     * Stops the log of a database on its way to the forwarder, until somebody says RESUME there.
     *
     * @throws IllegalStateException when there is no forwarder now
     */
    public DistributedGroup suspend(String database, SuspendReason reason) {
        return set(() -> {
            Replica forwarder = link.second().primary();
            if (forwarder == null) {
                throw new IllegalStateException("distributed group " + name() + " has no forwarder now");
            }
            new Links(link.second()).suspend(forwarder, copy(forwarder, database), reason);
        });
    }

    /** A replica that becomes forwarder has its databases suspended, for a reason; null for not any more. */
    public DistributedGroup suspendsNewForwarders(@Nullable SuspendReason reason) {
        return set(() -> link.atNewForwarders(reason));
    }

    private static ReplicaDatabase copy(Replica replica, String database) {
        ReplicaDatabase copy = replica.database(database);
        if (copy == null) {
            throw new IllegalArgumentException("no database " + database + " on replica " + replica.name());
        }
        return copy;
    }

    @Override
    public String toString() {
        return "distributed availability group " + name();
    }
}
