package io.gds.database.testkit.mssql;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How replicas come to their roles: failovers, primaries that are lost and come back. For whoever is inside of a change. */
final class RoleChanges {
    private final GroupModel group;
    private final Links links;

    RoleChanges(GroupModel group) {
        this.group = group;
        this.links = new Links(group);
    }

    Links links() {
        return links;
    }

    /** The first moment of a group: all is synchronized already. */
    void found(Replica first) {
        group.primary(first);
        group.owner(first);
        first.role(ReplicaRole.PRIMARY);
        first.connected(true);
        first.databases().forEach(d -> d.ready(true));
        for (Replica other : group.othersThan(first)) {
            other.connected(true);
            boolean synced = DataMovement.isSynchronous(first, other);
            other.databases().forEach(d -> d.synced(synced));
            other.databases().forEach(d -> d.ready(synced));
        }
    }

    /** A replica's server has gone down. */
    void stopped(Replica replica) {
        if (replica.isRunning()) {
            replica.running(false);
            gone(replica);
        }
    }

    /** A replica's server is up, and lets clients in. */
    void started(Replica replica) {
        if (!replica.isRunning()) {
            replica.running(true);
            rejoin(replica);
        }
    }

    /** A replica is silent, and nobody has noticed yet; or it speaks again. */
    void hangs(Replica replica, boolean on) {
        if (replica.isHanging() == on) {
            return;
        }
        replica.hanging(on);
        if (on) {
            int turn = replica.nextTurn();
            group.later(replica.settings().sessionTimeout(), () -> {
                if (replica.isTurn(turn) && replica.isHanging()) {
                    gone(replica);
                }
            });
        } else if (replica != group.primary() && !replica.isConnected() && replica.isRunning()) {
            rejoin(replica);
        }
    }

    private void gone(Replica replica) {
        GroupModel.Pending pending = group.pending();
        if (replica == group.primary()) {
            loseSight(replica);
            lost(replica);
            return;
        }
        loseSight(replica);
        if (pending != null && pending.target() == replica) {
            group.pending(null);
            Replica owner = group.owner();
            if (owner != null && owner != replica && owner.isAlive()) {
                begin(owner, GroupEvent.Cause.RETURNED, false);
            }
        }
    }

    private void loseSight(Replica replica) {
        links.disconnect(replica);
        replica.role(ReplicaRole.RESOLVING);
        group.cut(replica);
    }

    private void lost(Replica replica) {
        group.log(new GroupEvent.PrimaryLost(group.now(), replica.name()));
        leaderless(replica);
        long epoch = group.epoch();
        group.later(replica.settings().sessionTimeout(), () -> {
            if (group.epoch() == epoch && group.pending() == null) {
                failOverByItself(replica);
            }
        });
    }

    /** In a cluster nobody knows what he is without a primary; without one a secondary just waits. */
    private void leaderless(Replica before) {
        group.primary(null);
        for (Replica other : group.othersThan(before)) {
            links.disconnect(other);
            if (group.config().type() != ClusterType.NONE) {
                other.role(ReplicaRole.RESOLVING);
                group.cut(other);
            }
        }
    }

    private void failOverByItself(Replica before) {
        if (group.config().type() != ClusterType.WSFC
                || !group.hasQuorum()
                || before.settings().failover() != FailoverMode.AUTOMATIC) {
            return;
        }
        for (Replica target : group.othersThan(before)) {
            if (target.isAlive()
                    && target.isReady()
                    && target.settings().failover() == FailoverMode.AUTOMATIC
                    && !group.knobs().isFailed(target)) {
                begin(target, GroupEvent.Cause.AUTOMATIC, false);
                return;
            }
        }
    }

    /** It finds its place, as one that comes back. */
    private void rejoin(Replica replica) {
        boolean alone = group.primary() == null && group.pending() == null;
        if (alone && group.hasQuorum() && replica == group.owner()) {
            begin(replica, GroupEvent.Cause.RETURNED, false);
        } else if (group.primary() != null && group.awaitsCluster()) {
            replica.role(ReplicaRole.RESOLVING);
        } else if (group.primary() != null) {
            links.connectLater(replica);
        } else {
            replica.role(group.config().type() == ClusterType.NONE ? ReplicaRole.SECONDARY : ReplicaRole.RESOLVING);
        }
    }

    /**
     * A failover begins: nobody is primary until it ends.
     *
     * @param suspendsOthers whether the others wait for RESUME afterwards
     */
    void begin(Replica target, GroupEvent.Cause cause, boolean suspendsOthers) {
        Replica before = group.primary();
        group.primary(null);
        GroupModel.Pending pending = new GroupModel.Pending(target, cause, suspendsOthers, group.epoch());
        group.pending(pending);
        group.replicas().forEach(links::disconnect);
        target.role(ReplicaRole.RESOLVING);
        group.cut(target);
        if (before != null) {
            before.role(ReplicaRole.RESOLVING);
            group.cut(before);
        }
        if (!group.knobs().neverFinishes() || cause == GroupEvent.Cause.RETURNED) {
            finishLater(pending);
        }
    }

    /** What a test has held up may go on. */
    void finishWhatHangs() {
        GroupModel.Pending pending = group.pending();
        if (pending != null) {
            finishLater(pending);
        }
    }

    private void finishLater(GroupModel.Pending pending) {
        group.later(group.config().times().failover(), () -> finish(pending));
    }

    private void finish(GroupModel.Pending pending) {
        Replica target = pending.target();
        if (!pending.equals(group.pending()) || !target.isRunning()) {
            return;
        }
        if (target.isHanging()) {
            finishLater(pending);
            return;
        }
        Replica before = group.owner();
        group.pending(null);
        group.primary(target);
        group.owner(target);
        group.nextSequence();
        target.nextTurn();
        target.role(ReplicaRole.PRIMARY);
        target.connected(true);
        target.databases().forEach(d -> d.lead(group.now(), !group.isForwarding()));
        group.log(new GroupEvent.PrimaryChanged(
                group.now(), before == null ? null : before.name(), target.name(), pending.cause()));
        recoverLater(target);
        for (Replica other : group.othersThan(target)) {
            follow(other, other == before, pending);
        }
    }

    private void recoverLater(Replica target) {
        long epoch = group.epoch();
        group.later(group.config().times().recovery(), () -> {
            if (group.epoch() == epoch) {
                target.databases().forEach(ReplicaDatabase::recovered);
            }
        });
    }

    private void follow(Replica other, boolean wasPrimary, GroupModel.Pending pending) {
        SuspendReason knob = wasPrimary && pending.cause() == GroupEvent.Cause.PLANNED
                ? group.knobs().oldPrimary()
                : null;
        @Nullable SuspendReason reason = pending.suspendsOthers() ? SuspendReason.PARTNER : knob;
        if (reason != null) {
            other.databases().forEach(d -> links.suspend(other, d, reason));
        }
        other.databases().forEach(ReplicaDatabase::recovered);
        if (other.isAlive()) {
            links.connectLater(other);
        }
    }

    /** SET (ROLE = SECONDARY): from now on nobody is primary until somebody is made it. */
    void demote(Replica primary) {
        group.log(new GroupEvent.PrimaryDemoted(group.now(), primary.name()));
        group.cut(primary);
        group.owner(null);
        leaderless(primary);
        links.disconnect(primary);
        primary.role(ReplicaRole.SECONDARY);
        group.nextSequence();
    }

    /** The cluster loses its quorum, or has it again. */
    void quorum(boolean on) {
        if (group.hasQuorum() == on) {
            return;
        }
        group.quorum(on);
        if (!on) {
            group.pending(null);
            group.primary(null);
            group.replicas().forEach(this::loseSight);
            return;
        }
        Replica owner = group.owner();
        if (owner != null && owner.isAlive()) {
            begin(owner, GroupEvent.Cause.RETURNED, false);
        }
    }

    /** Somebody else fails the group over. */
    void somebodyElse(Replica target, Duration delay) {
        group.later(delay, () -> {
            if (target != group.primary() && target.isAlive() && group.hasQuorum()) {
                begin(target, GroupEvent.Cause.SOMEBODY_ELSE, !target.isReady());
            }
        });
    }
}
