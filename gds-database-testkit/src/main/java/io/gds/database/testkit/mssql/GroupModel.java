package io.gds.database.testkit.mssql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of a group, and the way in which it is changed: one change at a time, each with the lag moved on to its time before and
 * after. Everything but {@link #change}, {@link #lock},
 * {@link #listen} and {@link #config} is for whoever is inside of a change.
 */
final class GroupModel {
    /**
     * A failover that is under way.
     *
     * @param suspendsOthers whether the others wait for RESUME afterwards
     * @param epoch tells it apart from others to the same target
     */
    record Pending(Replica target, GroupEvent.Cause cause, boolean suspendsOthers, long epoch) {}

    private final GroupConfig config;
    private final GroupLock lock;
    private final List<Replica> replicas;
    private final Knobs knobs = new Knobs();
    private final List<GroupEvent> events = new ArrayList<>();
    private final List<Consumer<GroupEvent>> listeners = new CopyOnWriteArrayList<>();
    private final DataMovement movement = new DataMovement(this);
    private int required;
    private BackupPreference backup;
    private @Nullable Replica primary;
    private @Nullable Replica owner;
    private @Nullable Pending pending;
    private @Nullable DistributedLink link;
    private boolean quorum = true;
    private boolean clustered;
    private long epoch;
    private long sequence = 1;

    GroupModel(GroupConfig config, List<Replica> replicas, int required, BackupPreference backup, GroupLock lock) {
        this.lock = lock;
        this.config = config;
        this.replicas = List.copyOf(replicas);
        this.required = required;
        this.backup = backup;
    }

    GroupConfig config() {
        return config;
    }

    GroupLock lock() {
        return lock;
    }

    /** Changes something, or looks at everything as it is now. */
    <T, X extends Exception> T change(GroupLock.Work<T, X> work) throws X {
        return lock.inside(() -> {
            advance();
            try {
                return work.run();
            } finally {
                advance();
                planWake();
            }
        });
    }

    private void advance() {
        if (link == null) {
            movement.advance();
        } else {
            link.advance();
        }
    }

    private void planWake() {
        if (link == null) {
            movement.planWake();
        } else {
            link.planWake();
        }
    }

    /** From now on it is one of the two groups of a distributed one. */
    void link(DistributedLink to) {
        link = to;
    }

    /** The distributed group that it is in; null for none. */
    @Nullable
    DistributedLink link() {
        return link;
    }

    /** Whether its primary gets the log from another group, and takes no writes. */
    boolean isForwarding() {
        return link != null && link.second() == this;
    }

    /** Does something later, in a change of its own. */
    void later(Duration delay, Runnable work) {
        lock.afterwards(() -> config.timer()
                .after(
                        delay,
                        () -> change(() -> {
                            work.run();
                            return true;
                        })));
    }

    Instant now() {
        return config.timer().now();
    }

    List<Replica> replicas() {
        return replicas;
    }

    /** The others. */
    List<Replica> othersThan(@Nullable Replica one) {
        return replicas.stream().filter(r -> r != one).toList();
    }

    @Nullable
    Replica find(String name) {
        return replicas.stream()
                .filter(r -> r.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** For a test's own names. */
    Replica replica(String name) {
        Replica found = find(name);
        if (found == null) {
            throw new IllegalArgumentException("no replica " + name + " in group " + config.name());
        }
        return found;
    }

    Knobs knobs() {
        return knobs;
    }

    DataMovement movement() {
        return movement;
    }

    @Nullable
    Replica primary() {
        return primary;
    }

    /** Makes one the primary, or nobody; whoever waits for the one before waits in vain. */
    void primary(@Nullable Replica now) {
        primary = now;
        epoch++;
    }

    /** Counts changes of the primary. */
    long epoch() {
        return epoch;
    }

    /** Who was primary last, and becomes it again by coming back; null when that one has stepped down. */
    @Nullable
    Replica owner() {
        return owner;
    }

    void owner(@Nullable Replica now) {
        owner = now;
    }

    @Nullable
    Pending pending() {
        return pending;
    }

    void pending(@Nullable Pending now) {
        pending = now;
    }

    boolean hasQuorum() {
        return quorum;
    }

    void quorum(boolean now) {
        quorum = now;
    }

    /** From now on an external cluster says who is what. */
    void awaitCluster() {
        clustered = true;
    }

    /** Whether a replica that comes back waits for an external cluster. */
    boolean awaitsCluster() {
        return clustered;
    }

    int required() {
        return required;
    }

    void required(int now) {
        required = now;
    }

    BackupPreference backup() {
        return backup;
    }

    void backup(BackupPreference now) {
        backup = now;
    }

    long sequence() {
        return sequence;
    }

    void nextSequence() {
        sequence++;
    }

    void log(GroupEvent event) {
        events.add(event);
        lock.afterwards(() -> listeners.forEach(l -> l.accept(event)));
    }

    void listen(Consumer<GroupEvent> listener) {
        listeners.add(listener);
    }

    List<GroupEvent> events() {
        return List.copyOf(events);
    }

    GroupSettings settings() {
        return new GroupSettings(
                required,
                backup,
                replicas.stream()
                        .collect(Collectors.toMap(Replica::name, Replica::settings, (a, b) -> a, TreeMap::new)));
    }

    /** Ends all connections to databases of the group at a replica; one that hangs does not even do that. */
    void cut(Replica replica) {
        if (replica.isHanging()) {
            return;
        }
        Set<String> names =
                replica.databases().stream().map(ReplicaDatabase::name).collect(Collectors.toSet());
        lock.afterwards(() -> replica.instance().server().cut(session -> names.stream()
                .anyMatch(n -> n.equalsIgnoreCase(session.database()))));
    }
}
