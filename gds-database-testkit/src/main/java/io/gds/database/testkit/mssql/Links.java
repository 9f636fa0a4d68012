package io.gds.database.testkit.mssql;

import org.jspecify.annotations.Nullable;

/** The connections between the primary and the others, over which the log goes. For whoever is inside of a change. */
final class Links {
    private final GroupModel group;

    Links(GroupModel group) {
        this.group = group;
    }

    void disconnect(Replica replica) {
        replica.nextTurn();
        if (replica.isConnected()) {
            replica.connected(false);
            replica.error(GroupErrors.CONNECTION_LOST, group.now());
            group.log(new GroupEvent.ConnectionChanged(group.now(), replica.name(), false));
        }
    }

    /** It is a secondary from now on, and connected after a while. */
    void connectLater(Replica replica) {
        replica.role(ReplicaRole.SECONDARY);
        int turn = replica.nextTurn();
        group.later(group.config().times().reconnect(), () -> {
            Replica primary = group.primary();
            if (replica.isTurn(turn) && primary != null && replica.isAlive() && primary.isAlive()) {
                connect(primary, replica);
            }
        });
    }

    private void connect(Replica primary, Replica replica) {
        ServerVersion above = new ServerVersion(primary.instance().version());
        ServerVersion here = new ServerVersion(replica.instance().version());
        if (above.major() > here.major()) {
            // A primary of another major has upgraded its databases: there is no way back for the old one.
            replica.role(ReplicaRole.RESOLVING);
            replica.error(GroupErrors.HIGHER_CONFIGURATION, group.now());
            group.cut(replica);
            return;
        }
        replica.connected(true);
        group.log(new GroupEvent.ConnectionChanged(group.now(), replica.name(), true));
        for (ReplicaDatabase database : replica.databases()) {
            if (database.suspended() == null) {
                meet(primary, replica, database);
            }
        }
    }

    /** The log begins to flow. */
    private void meet(Replica primary, Replica replica, ReplicaDatabase database) {
        ReplicaDatabase source = primary.database(database.name());
        if (source != null) {
            database.meet(source, group.now(), group.config().times().settle());
        }
        if (group.knobs().suspendsOlderBuilds() && isOlder(replica, primary)) {
            suspend(replica, database, SuspendReason.REDO);
        }
    }

    static boolean isOlder(Replica replica, Replica than) {
        return new ServerVersion(replica.instance().version())
                        .compareTo(new ServerVersion(than.instance().version()))
                < 0;
    }

    void suspend(Replica replica, ReplicaDatabase database, SuspendReason reason) {
        if (database.suspended() == null) {
            database.suspended(reason);
            group.log(new GroupEvent.Suspended(group.now(), replica.name(), database.name(), reason));
        }
    }

    /** RESUME on one replica. */
    void resume(Replica replica, ReplicaDatabase database) {
        @Nullable SuspendReason before = database.suspended();
        if (before == null) {
            return;
        }
        database.suspended(null);
        group.log(new GroupEvent.Resumed(group.now(), replica.name(), database.name()));
        Replica primary = group.primary();
        if (primary == null) {
            return;
        }
        if (replica != primary) {
            meet(primary, replica, database);
            return;
        }
        DistributedLink link = group.link();
        if (link != null && group.isForwarding()) {
            link.meet(database);
        }
        for (Replica other : group.othersThan(primary)) {
            ReplicaDatabase copy = other.database(database.name());
            if (copy != null && other.isConnected() && copy.suspended() == null) {
                meet(primary, other, copy);
            }
        }
    }
}
