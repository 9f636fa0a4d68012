package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostService;
import io.gds.database.testkit.windows.WindowsHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A failover cluster of Windows hosts that share one instance: programs, registry and a service on every node, and the instance on the
 * node that owns its role. Scripts on the nodes find the commands of the module FailoverClusters. Thread-safe.
 *
 * <p>Source: Always On failover cluster instances; the cluster API with its error texts (5015, 5050, 5070).
 */
public final class FailoverCluster {
    private final String networkName;
    private final String role;
    private final Map<String, FailoverNode> nodes = new LinkedHashMap<>();
    private final List<String> ledger = new ArrayList<>();
    private final Deque<String> ends = new ArrayDeque<>();
    private final Deque<String> refusals = new ArrayDeque<>();
    private final Set<String> impossible = new HashSet<>();
    private final Set<String> owners = new TreeSet<>();
    private @Nullable FailoverNode owner;
    private RoleState state = RoleState.ONLINE;
    private Duration moving = Duration.ofSeconds(10);
    private int moves;
    private Runnable running = () -> {};
    private Runnable stopped = () -> {};

    /**
     * A cluster without nodes yet.
     *
     * @param networkName by which clients know the instance
     * @param role what its role is called, for example {@code SQL Server (MSSQLSERVER)}; people rename roles
     */
    public FailoverCluster(String networkName, String role) {
        this.networkName = networkName;
        this.role = role;
    }

    /** Adds a node, on which the instance is installed. The first one owns it; the services of the others do not run. */
    public synchronized FailoverCluster node(WindowsHost host, InstalledInstance installed) {
        FailoverNode node = new FailoverNode(host, installed);
        nodes.put(fold(host.name()), node);
        owners.add(fold(host.name()));
        node.service().startType(HostService.StartType.MANUAL);
        if (owner == null) {
            owner = node;
        } else {
            node.service().die();
        }
        node.service().whenRunning(() -> runs(node)).whenStopped(() -> ends(node));
        installed.whenReplaced(version -> replaced(node, version));
        host.module(commands -> new ClusterCmdlets(this, node).addTo(commands));
        return this;
    }

    private static String fold(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** How long a move takes, during which nobody reaches the instance; ten seconds when not said. */
    public synchronized FailoverCluster movesIn(Duration time) {
        moving = time;
        return this;
    }

    /** The next move ends on this node, wherever it was to go: the cluster found that the instance does not start there. */
    public synchronized FailoverCluster nextMoveEndsOn(String node) {
        ends.add(known(node).host().name());
        return this;
    }

    /** The next move is refused with these words, whatever the nodes look like. */
    public synchronized FailoverCluster refuseNextMove(String why) {
        refusals.add(why);
        return this;
    }

    /** Says what a node is doing. */
    public synchronized FailoverCluster state(String node, ClusterNodeState now) {
        known(node).state(now);
        return this;
    }

    /** The nodes that may own the instance, by the list of its network name; all of them when nobody said otherwise. */
    public synchronized List<String> owners() {
        return nodes.values().stream()
                .filter(n -> owners.contains(fold(n.host().name())))
                .map(n -> n.host().name())
                .toList();
    }

    /**
     * Says which nodes may own the instance, in the list of its network name.
     *
     * @throws ClusterRefusal for a list without the node that it is on
     */
    public synchronized FailoverCluster owners(List<String> names) {
        Set<String> now = new TreeSet<>();
        names.forEach(n -> now.add(fold(known(n).host().name())));
        if (!now.contains(fold(current().host().name()))) {
            throw new ClusterRefusal("The specified node is the current owner of the resource");
        }
        owners.clear();
        owners.addAll(now);
        ledger.add("owners " + String.join(", ", owners()));
        return this;
    }

    /** Says that a node is none of those that may own the instance, in the list of the server's own resource. */
    public synchronized FailoverCluster impossible(String node) {
        impossible.add(fold(node));
        return this;
    }

    /** Somebody takes the role to another node. */
    public void moveByHand(String node) {
        move(node);
    }

    /** The node that owns the instance. */
    public synchronized String owner() {
        return current().host().name();
    }

    /** How often somebody moved the instance. */
    public synchronized int moves() {
        return moves;
    }

    /** What happened, oldest first: programs replaced on nodes, moves begun and ended. */
    public synchronized List<String> ledger() {
        return List.copyOf(ledger);
    }

    InstanceHome home() {
        return new ClusterHome(this);
    }

    synchronized void tell(Runnable whenRunning, Runnable whenStopped) {
        running = whenRunning;
        stopped = whenStopped;
    }

    synchronized FailoverNode current() {
        if (owner == null) {
            throw new IllegalStateException(networkName + " has no nodes");
        }
        return owner;
    }

    synchronized List<FailoverNode> nodes() {
        return List.copyOf(nodes.values());
    }

    synchronized ClusterNodeState stateOf(FailoverNode node) {
        return node.host().isReachable() ? node.state() : ClusterNodeState.DOWN;
    }

    synchronized boolean mayOwn(FailoverNode node) {
        return owners.contains(fold(node.host().name())) && !isImpossible(node);
    }

    synchronized boolean isImpossible(FailoverNode node) {
        return impossible.contains(fold(node.host().name()));
    }

    synchronized RoleState state() {
        return state;
    }

    String role() {
        return role;
    }

    String networkName() {
        return networkName;
    }

    synchronized Optional<FailoverNode> find(String name) {
        return Optional.ofNullable(nodes.get(fold(name)));
    }

    private FailoverNode known(String name) {
        return find(name).orElseThrow(() -> new ClusterRefusal("The cluster node '" + name + "' was not found."));
    }

    /**
     * Moves the role: the instance ends where it is, and after a while it comes up where it was sent.
     *
     * @throws ClusterRefusal when the cluster does not begin
     */
    void move(String to) {
        FailoverNode from;
        FailoverNode end;
        Duration time;
        synchronized (this) {
            FailoverNode target = known(to);
            from = current();
            if (target == from && state == RoleState.ONLINE) {
                return;
            }
            refuse(target);
            String other = ends.poll();
            end = other == null ? target : known(other);
            moves++;
            ledger.add("move " + from.host().name() + " -> " + target.host().name());
            state = RoleState.PENDING;
            time = moving;
        }
        from.service().stop();
        synchronized (this) {
            owner = known(to);
        }
        from.host().timer().after(time, () -> comeUp(end, true));
    }

    private void refuse(FailoverNode target) {
        String why = refusals.poll();
        if (why != null) {
            throw new ClusterRefusal(why);
        }
        if (state == RoleState.PENDING) {
            throw new ClusterRefusal(
                    "The group or resource is not in the correct state to perform the requested operation");
        }
        if (stateOf(target) == ClusterNodeState.DOWN) {
            throw new ClusterRefusal("The cluster node is down");
        }
        if (stateOf(target) == ClusterNodeState.PAUSED) {
            throw new ClusterRefusal("The cluster node is paused");
        }
        if (!mayOwn(target)) {
            throw new ClusterRefusal(
                    "The operation failed because either the specified cluster node is not the owner of the"
                            + " resource, or the node is not a possible owner of the resource");
        }
    }

    /** Where the service does not start the cluster tries another node, once. */
    private void comeUp(FailoverNode end, boolean others) {
        Optional<FailoverNode> next;
        Duration time;
        synchronized (this) {
            owner = end;
            next = others ? anywhereElse(end) : Optional.empty();
            time = moving;
        }
        if (end.service().start() == 0) {
            return;
        }
        synchronized (this) {
            ledger.add("does not start on " + end.host().name());
            state = next.isPresent() ? state : RoleState.FAILED;
        }
        next.ifPresent(n -> end.host().timer().after(time, () -> comeUp(n, false)));
    }

    private void runs(FailoverNode node) {
        synchronized (this) {
            if (node != owner) {
                ledger.add("service started on " + node.host().name() + ", which does not own the instance");
                return;
            }
            state = RoleState.ONLINE;
            ledger.add("online " + node.host().name() + " " + node.installed().patchLevel());
        }
        running.run();
    }

    /** One that ends by itself, or with its host, is failed over by the cluster; where nobody else may own it, it is started again. */
    private void ends(FailoverNode node) {
        Optional<FailoverNode> next;
        Duration time;
        synchronized (this) {
            if (node != owner) {
                return;
            }
            boolean unplanned = state == RoleState.ONLINE;
            next = unplanned
                    ? anywhereElse(node)
                            .or(() -> Optional.of(node).filter(n -> n.host().isReachable()))
                    : Optional.empty();
            if (unplanned) {
                ledger.add("lost " + node.host().name());
                state = next.isPresent() ? RoleState.PENDING : RoleState.FAILED;
            }
            time = moving;
        }
        stopped.run();
        next.ifPresent(n -> n.host().timer().after(time, () -> comeUp(n, false)));
    }

    private Optional<FailoverNode> anywhereElse(FailoverNode node) {
        return nodes.values().stream()
                .filter(n -> n != node && stateOf(n) == ClusterNodeState.UP && mayOwn(n))
                .findFirst();
    }

    /** Setup on the node that owns the instance restarts it there; on another one it touches nobody. */
    private void replaced(FailoverNode node, String version) {
        boolean owns;
        synchronized (this) {
            owns = node == owner && state == RoleState.ONLINE;
            ledger.add("replaced " + node.host().name() + " " + version + (owns ? " under the instance" : ""));
        }
        if (owns) {
            stopped.run();
            running.run();
        }
    }
}
