package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import java.util.Map;

/**
 * The errors of availability groups. {@code %g} stands for the group.
 *
 * <p>Source: Database Engine events and errors.
 */
final class GroupErrors {
    static final int NOT_READY = 41142;
    static final int ALREADY_PRIMARY = 41122;
    static final int FAILOVER_PENDING = 41113;
    static final int NOT_PRIMARY = 41140;
    static final int OFFLINE = 41131;
    static final int FAILED = 41144;
    static final int LOWER_VERSION = 41191;
    static final int HIGHER_CONFIGURATION = 41071;
    static final int EXTERNAL_CLUSTER = 47104;
    static final int ONLY_FORCED = 47122;
    static final int ONLY_MANUAL = 47101;
    static final int ONLY_EXTERNAL = 47102;
    static final int NO_EXTERNAL = 47103;
    static final int WITNESS = 47109;
    static final int WITNESS_SETTINGS = 47112;
    static final int NOT_CONNECTED = 35250;
    static final int CONNECTION_LOST = 35206;
    static final int LOCK_TIMEOUT = 1222;

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(
                    NOT_READY,
                    "The availability replica for availability group '%g' on this instance of SQL Server cannot become the"
                            + " primary replica. One or more databases are not synchronized or have not joined the availability"
                            + " group."),
            Map.entry(
                    ALREADY_PRIMARY,
                    "Cannot failover availability group '%g' to this instance of SQL Server.  The local availability replica is"
                            + " already the primary replica of the availability group."),
            Map.entry(
                    FAILOVER_PENDING,
                    "Cannot failover availability group '%g' to this instance of SQL Server because a failover command is already"
                            + " pending on the local replica of this availability group."),
            Map.entry(
                    NOT_PRIMARY,
                    "Availability group '%g' cannot process the ALTER AVAILABILITY GROUP command, because the local availability"
                            + " replica is not the primary replica."),
            Map.entry(OFFLINE, "Failed to bring availability group '%g' online.  The operation timed out."),
            Map.entry(FAILED, "The local availability replica of availability group '%g' is in a failed state."),
            Map.entry(
                    LOWER_VERSION,
                    "The local availability replica of availability group '%g' cannot become the primary replica.  The last-known"
                            + " primary availability replica is of a higher version than the local availability replica."),
            Map.entry(
                    HIGHER_CONFIGURATION,
                    "Cannot read the persisted configuration of Always On availability group '%g'.  The persisted configuration is"
                            + " written by a higher-version SQL Server that hosts the primary availability replica."),
            Map.entry(
                    EXTERNAL_CLUSTER,
                    "This operation cannot be performed on the availability group '%g' because it has EXTERNAL cluster type. Use"
                            + " the cluster management tools to perform the operation."),
            Map.entry(
                    ONLY_FORCED,
                    "Cannot failover an availability replica for availability group '%g' since it has CLUSTER_TYPE = NONE. Only"
                            + " force failover is supported in this version of SQL Server."),
            Map.entry(ONLY_MANUAL, "The cluster type of availability group '%g' only supports MANUAL failover mode."),
            Map.entry(
                    ONLY_EXTERNAL, "The cluster type of availability group '%g' only supports EXTERNAL failover mode."),
            Map.entry(
                    NO_EXTERNAL,
                    "The cluster type of availability group '%g' only supports AUTOMATIC and MANUAL failover modes."),
            Map.entry(
                    WITNESS,
                    "Availability group '%g' cannot failover to this replica. Configuration-only replica cannot become primary."),
            Map.entry(
                    WITNESS_SETTINGS,
                    "Only the SESSION_TIMEOUT property can be modified for a configuration-only replica."),
            Map.entry(
                    NOT_CONNECTED,
                    "The connection to the primary replica is not active.  The command cannot be processed."),
            Map.entry(
                    CONNECTION_LOST,
                    "A connection timeout has occurred on a previously established connection to an availability replica of '%g'."),
            Map.entry(LOCK_TIMEOUT, "Lock request time out period exceeded."));

    private GroupErrors() {}

    static String text(int number, String group) {
        return TEXTS.getOrDefault(number, "The model was told to fail for availability group '%g'.")
                .replace("%g", group);
    }

    static SqlFailure of(int number, String group) {
        return new SqlFailure(number, 1, 16, text(number, group));
    }

    /** 15151: as for whatever is not there. */
    static SqlFailure noSuchGroup(String group) {
        return new SqlFailure(
                15151,
                1,
                16,
                "Cannot alter the availability group '" + group + "', because it does not exist or you do not have"
                        + " permission.");
    }

    /** 35210. */
    static SqlFailure noSuchReplica(String group, String replica) {
        return new SqlFailure(
                35210,
                1,
                16,
                "Failed to modify options for availability replica '" + replica + "' in availability group '" + group
                        + "'. The specified availability group does not contain an availability replica with specified name.");
    }

    /** 35211: failover must be manual before commits no longer wait. */
    static SqlFailure automaticWithoutCommits(String replica) {
        return new SqlFailure(
                35211,
                1,
                16,
                "The MODIFY REPLICA operation is not allowed. The operation attempted to change the configuration of"
                        + " availability replica '" + replica
                        + "' to the asynchronous-commit availability mode with automatic"
                        + " failover, which is an invalid configuration.");
    }

    /** 47115: an option that a group in a Windows cluster does not have. */
    static SqlFailure notInWindowsCluster(String option, String group) {
        return new SqlFailure(
                47115, 1, 16, "The '" + option + "' option is not valid for WSFC availability group '" + group + "'.");
    }

    /** 35208: group statements are for the master database. */
    static SqlFailure notInMaster() {
        return new SqlFailure(
                35208,
                1,
                16,
                "Availability-group DDL operations are permitted only when you are using the master database.");
    }

    /** 35242. */
    static SqlFailure notJoined(String database) {
        return new SqlFailure(
                35242,
                1,
                16,
                "Cannot complete this ALTER DATABASE <database-name> SET HADR operation on database '" + database
                        + "'. The database is not joined to an availability group.");
    }

    /** 35239: the database has not started. */
    static SqlFailure notStarted(String database, String group) {
        return new SqlFailure(
                35239,
                1,
                16,
                "The ALTER DATABASE <database-name> SET HADR SUSPEND (or SET HADR RESUME) statement failed on database '"
                        + database + "' of availability group '" + group + "'.");
    }

    /** A value that is out of range; the model does not know the number that SQL Server has for it. */
    static SqlFailure outOfRange(String option, int value, int most) {
        return new SqlFailure(50000, 1, 16, option + " = " + value + " is not within 0 and " + most + ".");
    }
}
