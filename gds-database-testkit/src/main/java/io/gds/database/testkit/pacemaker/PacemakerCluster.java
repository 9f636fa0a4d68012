package io.gds.database.testkit.pacemaker;

import io.gds.database.testkit.linux.LinuxHost;
import io.gds.database.testkit.linux.SystemdUnit;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.GroupAgent;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.windows.HostTimer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A cluster that looks after one group: it starts the group's resource on every node, promotes the one that it is told to by a location
 * constraint, promotes another one when the primary is lost, and leaves nodes in standby alone. It reacts a while after it has been told.
 * What an administrator should not have caused, such as a server that stops below a running resource, is noted as a failed action. Thread-safe.
 *
 * <p>Source: Pacemaker Explained (location constraints, promotable clones, standby, failure of a start is fatal); the agent {@code ocf:mssql:ag}.
 */
public final class PacemakerCluster {
    private static final String UNIT = "mssql-server";

    private final String resource;
    private final AvailabilityGroup group;
    private final GroupAgent agent;
    private final HostTimer timer;
    private final Map<String, ClusterNode> nodes = new LinkedHashMap<>();
    private final Map<String, String> moves = new TreeMap<>();
    private final List<String> failedActions = new CopyOnWriteArrayList<>();
    private Duration reaction = Duration.ofMillis(100);
    private String pcsVersion = "0.10.18";
    private boolean ignoresMoves;
    private boolean managed = true;

    /**
     * A cluster around a group with the cluster type EXTERNAL; its nodes are named as the servers of the replicas.
     *
     * @param resource the promotable clone of the group
     * @param hosts the nodes
     */
    public PacemakerCluster(String resource, AvailabilityGroup group, List<LinuxHost> hosts) {
        this.resource = resource;
        this.group = group;
        this.agent = group.agent();
        this.timer = hosts.get(0).timer();
        for (LinuxHost host : hosts) {
            nodes.put(host.name(), new ClusterNode(host));
            host.program("pcs", new Pcs(this, host));
            host.unit(UNIT).whenStopped(() -> stopped(host.name())).whenRunning(() -> later(() -> start(host.name())));
        }
        group.listen(event -> {
            if (event instanceof GroupEvent.PrimaryLost) {
                later(this::recover);
            }
        });
    }

    /** How long it takes from what it is told, or sees, to what it does; 100 ms when not said. */
    public synchronized PacemakerCluster reactsIn(Duration time) {
        reaction = time;
        return this;
    }

    /** The version of {@code pcs} on its hosts. Those of 0.11 have other words for moves. */
    public synchronized PacemakerCluster pcs(String version) {
        pcsVersion = version;
        return this;
    }

    /** Takes moves, and does nothing; or does now what it was told. */
    public PacemakerCluster ignoresMoves(boolean on) {
        synchronized (this) {
            ignoresMoves = on;
        }
        later(this::obey);
        return this;
    }

    /** Whether it looks after the resource. */
    public synchronized PacemakerCluster managed(boolean on) {
        managed = on;
        return this;
    }

    /** The constraints that moves and bans have left: the node by the id. */
    public synchronized Map<String, String> moves() {
        return Map.copyOf(moves);
    }

    /** Somebody else's constraint. */
    public synchronized void moved(String id, String node) {
        moves.put(id, node);
    }

    /** The nodes in standby. */
    public synchronized List<String> inStandby() {
        return nodes.values().stream()
                .filter(ClusterNode::isStandby)
                .map(ClusterNode::name)
                .toList();
    }

    /** What it could not do, or did not expect. */
    public List<String> failedActions() {
        return List.copyOf(failedActions);
    }

    String resource() {
        return resource;
    }

    synchronized String pcsVersion() {
        return pcsVersion;
    }

    synchronized boolean isManaged() {
        return managed;
    }

    String primary() {
        return group.primary().orElse("");
    }

    synchronized List<ClusterNode> nodes() {
        return List.copyOf(nodes.values());
    }

    synchronized Optional<ClusterNode> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** What an administrator does by {@code pcs node standby}: the cluster stops what runs there, a while later. */
    public void standby(String name, boolean on) {
        ClusterNode node = node(name).orElseThrow();
        synchronized (this) {
            if (node.isStandby() == on) {
                return;
            }
            node.standby(on);
        }
        later(on ? () -> stop(node) : () -> start(name));
    }

    void move(String node) {
        synchronized (this) {
            moves.put("cli-prefer-" + resource, node);
        }
        later(this::obey);
    }

    synchronized void clear() {
        moves.clear();
    }

    private void later(Runnable work) {
        Duration time;
        synchronized (this) {
            time = reaction;
        }
        timer.after(time, work);
    }

    private void obey() {
        ClusterNode target;
        synchronized (this) {
            String told = moves.get("cli-prefer-" + resource);
            target = told == null || ignoresMoves || !managed ? null : nodes.get(told);
        }
        if (target != null
                && target.mayLead()
                && !group.primary().filter(target.name()::equals).isPresent()) {
            promote(target);
        }
    }

    private boolean promote(ClusterNode target) {
        int refused = agent.promote(target.name());
        if (refused != 0) {
            failedActions.add("promote on " + target.name() + ": " + refused);
        }
        return refused == 0;
    }

    /** Somebody has to lead. */
    private void recover() {
        if (group.primary().isPresent()) {
            return;
        }
        for (ClusterNode each : nodes()) {
            if (each.mayLead() && group.isReady(each.name()) && promote(each)) {
                return;
            }
        }
    }

    private void stop(ClusterNode node) {
        synchronized (this) {
            if (!node.isStandby()) {
                return;
            }
            node.running(false);
        }
        if (group.primary().filter(node.name()::equals).isPresent()) {
            for (ClusterNode each : nodes()) {
                if (each.mayLead() && group.isReady(each.name()) && promote(each)) {
                    return;
                }
            }
        }
    }

    private void start(String name) {
        ClusterNode node = node(name).orElseThrow();
        synchronized (this) {
            if (!node.mayRun() || node.isRunning()) {
                return;
            }
        }
        boolean up = node.host().unit(UNIT).state() == SystemdUnit.State.ACTIVE;
        boolean started = up && agent.start(name);
        synchronized (this) {
            if (started) {
                node.running(true);
            } else {
                node.fail();
                failedActions.add("start on " + name + ": the server lets nobody in");
            }
        }
    }

    private synchronized void stopped(String name) {
        ClusterNode node = node(name).orElseThrow();
        if (node.isRunning() && !node.host().isSilent()) {
            node.running(false);
            failedActions.add("monitor on " + name + ": not running");
        }
    }
}
