package io.gds.database.testkit.mssql;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A model of an availability group: a state machine behind the ports of the instances that are its replicas. It takes the statements of
 * its administrators, moves data with a lag, fails over in the time of its hosts, and keeps rows that clients were told are committed.
 * All its instances share one timer. Thread-safe.
 *
 * <p>What a connection suffers is for the faults of the instance's own server: {@code instance.server().faults()}.
 *
 * <p>Source: Overview of Always On availability groups; Failover and failover modes; Availability modes.
 */
public final class AvailabilityGroup {
    private final GroupModel model;
    private final GroupFaults faults;
    private final RoleChanges roles;

    AvailabilityGroup(GroupModel model, RoleChanges roles) {
        this.model = model;
        this.roles = roles;
        this.faults = new GroupFaults(model, roles);
    }

    /** A group with everything as usual; to be changed before it is created. */
    public static AvailabilityGroupBuilder builder(String name) {
        return new AvailabilityGroupBuilder(name);
    }

    GroupLock lock() {
        return model.lock();
    }

    /** The names of its databases. */
    List<String> databases() {
        return model.change(() -> model.replicas().stream()
                .filter(r -> r.settings().hasDatabases())
                .findFirst()
                .map(r -> r.databases().stream().map(ReplicaDatabase::name).toList())
                .orElse(List.of()));
    }

    /** Becomes the first group of a distributed one. */
    void leads(String distributedGroup, AvailabilityMode mode, AvailabilityGroup second) {
        DistributedLink link = new DistributedLink(distributedGroup, mode, model, second.model);
        model.lock().inside(() -> {
            model.link(link);
            second.model.link(link);
            link.found();
            return true;
        });
    }

    /** The distributed group that it is one half of. */
    public Optional<DistributedGroup> distributed() {
        return model.change(() -> Optional.ofNullable(model.link()).map(DistributedGroup::new));
    }

    /** Its name. */
    public String name() {
        return model.config().name();
    }

    /** What goes wrong. */
    public GroupFaults faults() {
        return faults;
    }

    /**
     * The agent by which an external cluster handles it.
     *
     * @throws IllegalStateException when its cluster type is another
     */
    public GroupAgent agent() {
        if (model.config().type() != ClusterType.EXTERNAL) {
            throw new IllegalStateException("cluster type " + model.config().type() + " has no agent");
        }
        return new GroupAgent(model, roles);
    }

    /** The name of the server that is primary; empty while there is none. */
    public Optional<String> primary() {
        return model.change(() -> Optional.ofNullable(model.primary()).map(Replica::name));
    }

    /** What a replica is. */
    public ReplicaRole role(String replica) {
        return model.change(() -> model.replica(replica).role());
    }

    /** How the data of a database move to a replica. */
    public SynchronizationState synchronization(String replica, String database) {
        return model.change(() -> model.movement().state(model.replica(replica), copy(replica, database)));
    }

    /** Whether a failover to a replica would be accepted as one that loses nothing. */
    public boolean isReady(String replica) {
        return model.change(() -> model.replica(replica).isReady());
    }

    /** Whether there is a primary and every database of every replica is as its mode wants it. */
    public boolean isHealthy() {
        return model.change(() -> model.primary() != null
                && model.replicas().stream().allMatch(r -> r.isConnected() && ReplicaRows.health(model, r) == 2));
    }

    /** All that is set, to be compared with what was set at another time. */
    public GroupSettings settings() {
        return model.change(model::settings);
    }

    /** All that was done to it and happened in it, oldest first. */
    public List<GroupEvent> events() {
        return model.change(model::events);
    }

    /** Tells somebody of everything that is done and happens, right after it, on the thread that did it. */
    public void listen(Consumer<GroupEvent> listener) {
        model.listen(listener);
    }

    /** What happened of one kind, oldest first. */
    public <T extends GroupEvent> List<T> events(Class<T> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The numbers that clients were told are committed in a table, in the order of their commits. */
    public List<Long> acknowledged(String database, String table) {
        return model.change(() -> model.movement().commits().acknowledged(database).stream()
                .filter(row -> row.table().equalsIgnoreCase(table))
                .map(LogRecord.NewRow::value)
                .toList());
    }

    /** Every table that was ever made in a database, as the primary has it. */
    public List<String> tables(String database) {
        return model.change(() -> {
            Replica primary = model.primary();
            return primary == null
                    ? List.<String>of()
                    : copy(primary.name(), database).log().stream()
                            .flatMap(record -> record.changes().stream())
                            .filter(LogRecord.NewTable.class::isInstance)
                            .map(LogRecord.Change::table)
                            .distinct()
                            .toList();
        });
    }

    /** The numbers that are in a table on the disk of a replica, in the order of their commits. */
    public List<Long> present(String replica, String database, String table) {
        return model.change(() -> copy(replica, database).log().stream()
                .flatMap(record -> record.changes().stream())
                .filter(c -> c instanceof LogRecord.NewRow && c.table().equalsIgnoreCase(table))
                .map(c -> ((LogRecord.NewRow) c).value())
                .toList());
    }

    /** The numbers that clients were told are committed, and that the primary does not have. */
    public List<Long> lost(String database, String table) {
        return model.change(() -> {
            Replica primary = model.primary();
            if (primary == null) {
                throw new IllegalStateException("group " + name() + " has no primary now");
            }
            List<Long> there = present(primary.name(), database, table);
            return acknowledged(database, table).stream()
                    .filter(n -> !there.contains(n))
                    .toList();
        });
    }

    /** The primary writes an amount of log that holds no rows, without a commit that waits. */
    public void write(String database, long kilobytes) {
        model.change(() -> {
            Replica primary = model.primary();
            if (primary == null) {
                throw new IllegalStateException("group " + name() + " has no primary now");
            }
            copy(primary.name(), database).append(List.of(), (double) kilobytes, model.now());
            return true;
        });
    }

    private ReplicaDatabase copy(String replica, String database) {
        return faults.copy(replica, database);
    }

    @Override
    public String toString() {
        return "availability group " + name();
    }
}
