package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostService;
import io.gds.database.testkit.windows.WindowsHost;

/** A host of a failover cluster, with the programs of the instance. Thread-safe. */
final class FailoverNode {
    private final WindowsHost host;
    private final InstalledInstance installed;
    private volatile ClusterNodeState state = ClusterNodeState.UP;

    FailoverNode(WindowsHost host, InstalledInstance installed) {
        this.host = host;
        this.installed = installed;
    }

    WindowsHost host() {
        return host;
    }

    InstalledInstance installed() {
        return installed;
    }

    /** What its cluster service is doing while the host is up. */
    ClusterNodeState state() {
        return state;
    }

    void state(ClusterNodeState now) {
        state = now;
    }

    HostService service() {
        HostService service = host.services().find(installed.service());
        if (service == null) {
            throw new IllegalStateException("no service " + installed.service() + " on " + host.name());
        }
        return service;
    }
}
