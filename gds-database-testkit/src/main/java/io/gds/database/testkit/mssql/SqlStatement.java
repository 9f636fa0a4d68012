package io.gds.database.testkit.mssql;

import java.util.List;

/** A statement that an instance understands. */
sealed interface SqlStatement {
    /** {@code USE [db]}. */
    record Use(String database) implements SqlStatement {}

    /** {@code SELECT}, which is evaluated as it stands. */
    record Select(String text) implements SqlStatement {}

    /** Begins a transaction. */
    record Begin() implements SqlStatement {}

    /**
     * Ends a transaction.
     *
     * @param onlyIfOpen whether it is no error when there is none
     */
    record End(boolean commit, boolean onlyIfOpen) implements SqlStatement {}

    /** Whether writing begins a transaction by itself. */
    record ImplicitTransactions(boolean on) implements SqlStatement {}

    /** How long to wait for locks, in milliseconds; for ever when negative. */
    record LockTimeout(long milliseconds) implements SqlStatement {}

    /** A setting that makes no difference to the model. */
    record Indifferent() implements SqlStatement {}

    /** {@code sp_set_session_context}. */
    record SessionContext(String key, String value) implements SqlStatement {}

    /** {@code CREATE TABLE}, with one column. */
    record CreateTable(LogRecord.NewTable table) implements SqlStatement {}

    /**
     * {@code DROP TABLE}.
     *
     * @param onlyIfThere whether it is no error when there is none
     */
    record DropTable(String table, boolean onlyIfThere) implements SqlStatement {}

    /** {@code INSERT}. */
    record Insert(String table, String column, List<Long> values) implements SqlStatement {
        /** Takes a copy. */
        public Insert {
            values = List.copyOf(values);
        }
    }

    /** {@code ALTER AVAILABILITY GROUP}. */
    record AlterGroup(String group, Change change) implements SqlStatement {}

    /** {@code ALTER DATABASE ... SET HADR SUSPEND}, or {@code RESUME}. */
    record SetHadr(String database, boolean resume) implements SqlStatement {}

    /** What shall become of a group. */
    sealed interface Change {}

    /** A failover to where this is said. */
    record Failover(boolean forced) implements Change {}

    /** A setting of a replica. */
    record ModifyReplica(String replica, ReplicaOption option) implements Change {}

    /** {@code REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT}. */
    record Required(long count) implements Change {}

    /** {@code AUTOMATED_BACKUP_PREFERENCE}. */
    record Backup(BackupPreference preference) implements Change {}

    /** {@code ROLE = SECONDARY}. */
    record Demote() implements Change {}

    /** What can be set for a replica. */
    sealed interface ReplicaOption {}

    /** {@code AVAILABILITY_MODE}. */
    record SetAvailability(AvailabilityMode mode) implements ReplicaOption {}

    /** {@code FAILOVER_MODE}. */
    record SetFailover(FailoverMode mode) implements ReplicaOption {}

    /** {@code SECONDARY_ROLE (ALLOW_CONNECTIONS)}. */
    record SetConnections(SecondaryConnections who) implements ReplicaOption {}

    /** {@code SESSION_TIMEOUT}. */
    record SetTimeout(long seconds) implements ReplicaOption {}
}
