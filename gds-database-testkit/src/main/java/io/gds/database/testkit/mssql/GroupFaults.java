package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.Silence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in a group. Nothing, until a test says so; each can be set and taken back at any time and takes effect at once. Replicas
 * have the names of their servers, and a name that is not there is an {@link IllegalArgumentException}. Thread-safe.
 */
public final class GroupFaults {
    private final GroupModel group;
    private final RoleChanges roles;
    private final GroupViews views;

    GroupFaults(GroupModel group, RoleChanges roles) {
        this.group = group;
        this.roles = roles;
        this.views = new GroupViews(group);
    }

    private GroupFaults set(Runnable work) {
        group.change(() -> {
            work.run();
            return true;
        });
        return this;
    }

    ReplicaDatabase copy(String replica, String database) {
        ReplicaDatabase copy = group.replica(replica).database(database);
        if (copy == null) {
            throw new IllegalArgumentException("no database " + database + " on replica " + replica);
        }
        return copy;
    }

    /** A replica gets no more data, though it is connected: none of its databases is ready for a failover. */
    public GroupFaults neverCatchesUp(String replica, boolean on) {
        return set(() -> group.replica(replica).databases().forEach(d -> d.held(on)));
    }

    /** The same for one database. */
    public GroupFaults neverCatchesUp(String replica, String database, boolean on) {
        return set(() -> copy(replica, database).held(on));
    }

    /** How fast the log gets to a replica and is redone there; kilobytes per second, 10240 and 20480 when not said. */
    public GroupFaults rates(String replica, double send, double redo) {
        return set(() -> group.replica(replica).databases().forEach(d -> d.rates(send, redo)));
    }

    /**
     * A replica's server says nothing any more, to clients and to other replicas of this group; connections stay open. Commits that need it wait, until
     * after the session timeout the others take it for gone. What was silent stays silent when it speaks again.
     */
    public GroupFaults hangs(String replica, boolean on) {
        Replica whom = group.replica(replica);
        return set(() -> {
            roles.hangs(whom, on);
            group.lock()
                    .afterwards(
                            () -> whom.instance().server().faults().silentFrom(on ? Silence.PRELOGIN : Silence.NONE));
        });
    }

    /** The next statements for the group on a replica fail with an error number, for example 41142, and change nothing. */
    public GroupFaults refuses(String replica, int number, int times) {
        return set(() -> group.knobs().refuse(group.replica(replica), number, times));
    }

    /** A replica could not read or write its configuration: statements for the group fail there with 41144. */
    public GroupFaults failed(String replica, boolean on) {
        return set(() -> group.knobs().failed(group.replica(replica), on));
    }

    /** A failover is accepted, and there is no primary for as long as this is on. */
    public GroupFaults failoverNeverFinishes(boolean on) {
        return set(() -> {
            group.knobs().neverFinishes(on);
            if (!on) {
                roles.finishWhatHangs();
            }
        });
    }

    /** A planned failover leaves the databases of the old primary suspended, for a reason; null for not any more. */
    public GroupFaults oldPrimaryIsSuspended(@Nullable SuspendReason reason) {
        return set(() -> group.knobs().oldPrimary(reason));
    }

    /** A primary of a newer build of the same major suspends what it should send to older replicas, at each connection and RESUME. */
    public GroupFaults newerPrimarySuspendsOlder(boolean on) {
        return set(() -> group.knobs().suspendsOlderBuilds(on));
    }

    /** The system itself stops the data of a database on a replica. */
    public GroupFaults suspend(String replica, String database, SuspendReason reason) {
        return set(() -> roles.links().suspend(group.replica(replica), copy(replica, database), reason));
    }

    /** Statements for the group take so long before anything happens; who waits less for locks gets 1222. */
    public GroupFaults statementsTake(Duration time) {
        return set(() -> group.knobs().statementsTake(time));
    }

    /** The views on a replica's server show what they show now. */
    public GroupFaults staleViews(String replica, boolean on) {
        return set(() -> views.freeze(group.replica(replica), on));
    }

    /** Somebody else fails the group over to a replica, after a while. Nothing happens if that one is gone, or primary, by then. */
    public GroupFaults somebodyFailsOver(String replica, Duration after) {
        return set(() -> roles.somebodyElse(group.replica(replica), after));
    }

    /**
     * The Windows cluster has a quorum, or not: then nobody gets at any database.
     *
     * @throws IllegalStateException when the group is in no Windows cluster
     */
    public GroupFaults quorum(boolean on) {
        if (group.config().type() != ClusterType.WSFC) {
            throw new IllegalStateException("cluster type " + group.config().type() + " knows no quorum");
        }
        return set(() -> roles.quorum(on));
    }
}
