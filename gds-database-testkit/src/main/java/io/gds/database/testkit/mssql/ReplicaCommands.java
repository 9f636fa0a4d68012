package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import java.time.Duration;

/** {@code MODIFY REPLICA ON}. For whoever is inside of a change. */
final class ReplicaCommands {
    private static final int LEAST_TIMEOUT = 5;

    private final GroupModel group;

    ReplicaCommands(GroupModel group) {
        this.group = group;
    }

    void modify(String name, SqlStatement.ReplicaOption option) throws SqlFailure {
        Replica replica = group.find(name);
        if (replica == null) {
            throw GroupErrors.noSuchReplica(group.config().name(), name);
        }
        if (!replica.settings().hasDatabases() && !(option instanceof SqlStatement.SetTimeout)) {
            throw error(GroupErrors.WITNESS_SETTINGS);
        }
        ReplicaSettings before = replica.settings();
        if (option instanceof SqlStatement.SetAvailability set) {
            set(replica, "AVAILABILITY_MODE", before.availability(), set.mode(), available(replica, set.mode()));
        } else if (option instanceof SqlStatement.SetFailover set) {
            set(replica, "FAILOVER_MODE", before.failover(), set.mode(), failing(replica, set.mode()));
        } else if (option instanceof SqlStatement.SetConnections set) {
            set(replica, "ALLOW_CONNECTIONS", before.connections(), set.who(), before.with(set.who()));
        } else if (option instanceof SqlStatement.SetTimeout set) {
            ReplicaSettings after = patient(replica, set.seconds());
            set(replica, "SESSION_TIMEOUT", before.sessionTimeout().toSeconds(), set.seconds(), after);
        }
    }

    private void set(Replica replica, String option, Object before, Object after, ReplicaSettings settings) {
        replica.settings(settings);
        group.log(new GroupEvent.SettingChanged(
                group.now(), replica.name(), option, before.toString(), after.toString()));
    }

    private ReplicaSettings available(Replica replica, AvailabilityMode mode) throws SqlFailure {
        if (mode == AvailabilityMode.CONFIGURATION_ONLY) {
            throw new SqlFailure(
                    47113,
                    1,
                    16,
                    "The 'CONFIGURATION_ONLY' option is not valid for the '" + replica.name()
                            + "' replica for modification. Remove this option, then retry the operation.");
        }
        if (mode == AvailabilityMode.ASYNCHRONOUS_COMMIT && replica.settings().failover() == FailoverMode.AUTOMATIC) {
            throw GroupErrors.automaticWithoutCommits(replica.name());
        }
        return replica.settings().with(mode);
    }

    private ReplicaSettings failing(Replica replica, FailoverMode mode) throws SqlFailure {
        checkCluster(mode);
        if (mode == FailoverMode.AUTOMATIC && !replica.settings().isSynchronous()) {
            throw GroupErrors.automaticWithoutCommits(replica.name());
        }
        return replica.settings().with(mode);
    }

    private void checkCluster(FailoverMode mode) throws SqlFailure {
        switch (group.config().type()) {
            case WSFC -> {
                if (mode == FailoverMode.EXTERNAL) {
                    throw error(GroupErrors.NO_EXTERNAL);
                }
            }
            case EXTERNAL -> {
                if (mode != FailoverMode.EXTERNAL) {
                    throw error(GroupErrors.ONLY_EXTERNAL);
                }
            }
            case NONE -> {
                if (mode != FailoverMode.MANUAL) {
                    throw error(GroupErrors.ONLY_MANUAL);
                }
            }
        }
    }

    private ReplicaSettings patient(Replica replica, long seconds) throws SqlFailure {
        if (seconds < LEAST_TIMEOUT) {
            throw new SqlFailure(
                    35214,
                    1,
                    16,
                    "The MODIFY REPLICA operation failed for availability replica '" + replica.name()
                            + "'. The minimum value for session timeout is " + LEAST_TIMEOUT + ".");
        }
        return replica.settings().timeout(Duration.ofSeconds(seconds));
    }

    private SqlFailure error(int number) {
        return GroupErrors.of(number, group.config().name());
    }
}
