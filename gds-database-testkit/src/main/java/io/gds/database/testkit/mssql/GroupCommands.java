package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import java.time.Duration;
import java.time.Instant;

/** What statements do to a group, and where they are refused. For whoever is inside of a change. */
final class GroupCommands {
    private final GroupModel group;
    private final RoleChanges roles;
    private final ReplicaCommands replicas;

    GroupCommands(GroupModel group, RoleChanges roles) {
        this.group = group;
        this.roles = roles;
        this.replicas = new ReplicaCommands(group);
    }

    /** Carries out a statement that came to a replica's server. */
    void alter(Replica local, SqlStatement.Change change, Client client) throws SqlFailure {
        if (change instanceof SqlStatement.Failover failover) {
            failOver(local, failover.forced(), client);
            return;
        }
        refuseWhenTold(local);
        if (group.primary() != local) {
            throw error(GroupErrors.NOT_PRIMARY);
        }
        if (change instanceof SqlStatement.ModifyReplica modify) {
            replicas.modify(modify.replica(), modify.option());
        } else if (change instanceof SqlStatement.Required required) {
            require(required.count());
        } else if (change instanceof SqlStatement.Backup backup) {
            log(
                    "AUTOMATED_BACKUP_PREFERENCE",
                    group.backup().name(),
                    backup.preference().name());
            group.backup(backup.preference());
        } else {
            demote(local, client);
        }
        group.nextSequence();
    }

    private void failOver(Replica target, boolean forced, Client client) throws SqlFailure {
        boolean ready = target.isReady();
        int number = refusal(target, forced, client);
        group.log(
                new GroupEvent.FailoverAsked(group.now(), client.application(), target.name(), forced, ready, number));
        if (number != 0) {
            throw error(number);
        }
        // To a replica that misses nothing, force is a planned failover, as long as the cluster knows that.
        boolean lossless = ready && group.config().type() == ClusterType.WSFC;
        roles.begin(target, forced ? GroupEvent.Cause.FORCED : GroupEvent.Cause.PLANNED, forced && !lossless);
    }

    /** The number of the error that a failover gets; 0 when it is accepted. */
    private int refusal(Replica target, boolean forced, Client client) {
        int told = group.knobs().nextRefusal(target);
        if (told != 0) {
            return told;
        }
        if (group.config().type() == ClusterType.EXTERNAL && !client.isCluster()) {
            return GroupErrors.EXTERNAL_CLUSTER;
        }
        if (!target.settings().hasDatabases()) {
            return GroupErrors.WITNESS;
        }
        if (group.primary() == target) {
            return GroupErrors.ALREADY_PRIMARY;
        }
        if (group.config().type() == ClusterType.NONE && !forced) {
            return GroupErrors.ONLY_FORCED;
        }
        return refusalByState(target, forced);
    }

    private int refusalByState(Replica target, boolean forced) {
        GroupModel.Pending pending = group.pending();
        if (pending != null && pending.target() == target) {
            return GroupErrors.FAILOVER_PENDING;
        }
        if (group.knobs().isFailed(target)) {
            return GroupErrors.FAILED;
        }
        if (pending != null || !group.hasQuorum() || !target.isRunning()) {
            return GroupErrors.OFFLINE;
        }
        if (isOfLowerMajor(target)) {
            return GroupErrors.LOWER_VERSION;
        }
        return forced || target.isReady() ? 0 : GroupErrors.NOT_READY;
    }

    private boolean isOfLowerMajor(Replica target) {
        Replica last = group.owner();
        return last != null
                && new ServerVersion(target.instance().version()).major()
                        < new ServerVersion(last.instance().version()).major();
    }

    private void require(long count) throws SqlFailure {
        int most = group.replicas().size() - 1;
        if (count < 0 || count > most) {
            throw GroupErrors.outOfRange("REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT", Math.toIntExact(count), most);
        }
        log("REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT", Integer.toString(group.required()), Long.toString(count));
        group.required(Math.toIntExact(count));
    }

    private void demote(Replica local, Client client) throws SqlFailure {
        switch (group.config().type()) {
            case WSFC ->
                throw GroupErrors.notInWindowsCluster("ROLE", group.config().name());
            case EXTERNAL -> {
                if (!client.isCluster()) {
                    throw error(GroupErrors.EXTERNAL_CLUSTER);
                }
                roles.demote(local);
            }
            case NONE -> roles.demote(local);
        }
    }

    /** {@code SUSPEND} on the primary stops everybody, on a secondary only itself. */
    void setHadr(Replica local, ReplicaDatabase database, boolean resume) throws SqlFailure {
        refuseWhenTold(local);
        if (local.role() == ReplicaRole.RESOLVING) {
            throw GroupErrors.notStarted(database.name(), group.config().name());
        }
        if (!resume) {
            roles.links().suspend(local, database, SuspendReason.USER);
            return;
        }
        DistributedLink link = group.link();
        boolean isCutOff = group.primary() != local
                ? !local.isConnected()
                : link != null && group.isForwarding() && !link.isConnected();
        if (isCutOff) {
            throw error(GroupErrors.NOT_CONNECTED);
        }
        roles.links().resume(local, database);
    }

    /** How long a statement is to be held up, and whether the client's patience with locks ends before. */
    void hold(long lockTimeout) throws SqlFailure, InterruptedException {
        Duration takes = group.change(() -> group.knobs().statementsTake());
        boolean tooLong = lockTimeout >= 0 && takes.toMillis() > lockTimeout;
        Duration time = tooLong ? Duration.ofMillis(lockTimeout) : takes;
        if (time.isZero() && !tooLong) {
            return;
        }
        Instant until = group.now().plus(time);
        group.change(() -> {
            group.later(time, () -> {});
            return true;
        });
        group.lock().await(() -> !group.now().isBefore(until));
        if (tooLong) {
            throw new SqlFailure(
                    GroupErrors.LOCK_TIMEOUT,
                    51,
                    16,
                    GroupErrors.text(GroupErrors.LOCK_TIMEOUT, group.config().name()));
        }
    }

    private void refuseWhenTold(Replica local) throws SqlFailure {
        int told = group.knobs().nextRefusal(local);
        if (told != 0) {
            throw error(told);
        }
        if (group.knobs().isFailed(local)) {
            throw error(GroupErrors.FAILED);
        }
    }

    private void log(String option, String before, String after) {
        group.log(new GroupEvent.SettingChanged(group.now(), "", option, before, after));
    }

    private SqlFailure error(int number) {
        return GroupErrors.of(number, group.config().name());
    }
}
