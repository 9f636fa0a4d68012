package io.gds.database.testkit.pacemaker;

import io.gds.database.testkit.linux.LinuxHost;

/** A node of a cluster, whose name is that of the server on it. Guarded by its cluster. */
final class ClusterNode {
    private final LinuxHost host;
    private boolean standby;
    private boolean running = true;
    private boolean failed;

    ClusterNode(LinuxHost host) {
        this.host = host;
    }

    String name() {
        return host.name();
    }

    LinuxHost host() {
        return host;
    }

    boolean isOnline() {
        return !host.isSilent();
    }

    boolean isStandby() {
        return standby;
    }

    void standby(boolean on) {
        standby = on;
    }

    /** Whether the cluster has started the group's resource there, and nothing has stopped it. */
    boolean isRunning() {
        return running;
    }

    void running(boolean now) {
        running = now;
    }

    /** Whether the cluster has given up there: a start that fails is fatal, until somebody cleans up. */
    boolean hasFailed() {
        return failed;
    }

    void fail() {
        failed = true;
        running = false;
    }

    boolean mayRun() {
        return isOnline() && !standby && !failed;
    }

    boolean mayLead() {
        return mayRun() && running;
    }
}
