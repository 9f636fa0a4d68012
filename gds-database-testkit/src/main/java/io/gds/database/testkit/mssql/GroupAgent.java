package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;

/**
 * The agent by which an external cluster handles a group on the nodes of its replicas. A group that has one leaves it to the cluster who is
 * what: a replica that has been restarted is nothing before it is started by the cluster. Thread-safe.
 *
 * <p>Source: microsoft/mssql-server-ha, {@code ag} and {@code ag-helper}: promote is {@code ALTER AVAILABILITY GROUP FAILOVER} with the
 * session context {@code external_cluster}; start makes what is RESOLVING a secondary where there is a primary; stop does nothing to a
 * secondary.
 */
public final class GroupAgent {
    private static final Client CLUSTER = new Client("monitor-ag_cluster-promote", true, -1);

    private final GroupModel group;
    private final RoleChanges roles;
    private final GroupCommands commands;

    GroupAgent(GroupModel group, RoleChanges roles) {
        this.group = group;
        this.roles = roles;
        this.commands = new GroupCommands(group, roles);
        group.change(() -> {
            group.awaitCluster();
            return true;
        });
    }

    /**
     * Makes a replica primary.
     *
     * @return the number of the error that the server gave; 0 when it took it
     */
    public int promote(String replica) {
        return group.change(() -> {
            Replica target = group.replica(replica);
            if (group.primary() == target) {
                return 0;
            }
            if (!target.isAlive()) {
                return -1;
            }
            try {
                commands.alter(target, new SqlStatement.Failover(false), CLUSTER);
                return 0;
            } catch (SqlFailure e) {
                return e.number();
            }
        });
    }

    /**
     * Starts the resource on the node of a replica.
     *
     * @return whether it has: a server that lets nobody in has not
     */
    public boolean start(String replica) {
        return group.change(() -> {
            Replica started = group.replica(replica);
            if (!started.isAlive()) {
                return false;
            }
            if (started.role() == ReplicaRole.RESOLVING && group.primary() != null) {
                roles.links().connectLater(started);
            }
            return true;
        });
    }
}
