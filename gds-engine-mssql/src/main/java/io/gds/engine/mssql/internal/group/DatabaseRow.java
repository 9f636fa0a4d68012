package io.gds.engine.mssql.internal.group;

import io.gds.engine.mssql.internal.sql.SqlRow;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A database on one replica, as an instance has it.
 *
 * @param group the identity of its group
 * @param server the replica
 * @param name the database
 * @param ready whether a failover to the replica would lose nothing of it, as the cluster has it: the one true gate
 * @param joined whether it is in the group there
 * @param synchronization in the server's words, such as {@code SYNCHRONIZED}
 * @param suspended why its data do not move; empty when they do
 * @param state in the server's words, such as {@code ONLINE}; empty where nobody knows
 * @param sendQueue kilobytes that the primary has not sent yet
 * @param redoQueue kilobytes that were received and are not redone yet
 * @param redoRate kilobytes per second
 * @param lastCommit the newest commit there, by the clock on the primary's wall
 * @param hardened up to where the log is on its disk: a number to compare, never to reckon with; empty where nobody says
 */
public record DatabaseRow(
        String group,
        String server,
        String name,
        boolean ready,
        boolean joined,
        String synchronization,
        Optional<String> suspended,
        Optional<String> state,
        OptionalLong sendQueue,
        OptionalLong redoQueue,
        OptionalLong redoRate,
        Optional<LocalDateTime> lastCommit,
        Optional<BigDecimal> hardened) {
    private static final String SYNCHRONIZED = "SYNCHRONIZED";
    private static final String SYNCHRONIZING = "SYNCHRONIZING";

    static DatabaseRow of(SqlRow row) throws SQLException {
        return new DatabaseRow(
                row.text("group_id"),
                row.text("replica_server_name"),
                row.text("database_name"),
                row.flag("is_failover_ready"),
                row.flag("is_database_joined"),
                row.text("synchronization_state_desc"),
                row.flag("is_suspended")
                        ? Optional.of(row.optional("suspend_reason_desc").orElse("SUSPENDED"))
                        : Optional.empty(),
                row.optional("database_state_desc"),
                row.number("log_send_queue_size"),
                row.number("redo_queue_size"),
                row.number("redo_rate"),
                row.time("last_commit_time"),
                row.optional("last_hardened_lsn").map(BigDecimal::new));
    }

    /** How long redoing takes what is there to redo, at the rate of now; empty where no rate is known. */
    public Optional<Duration> recovery() {
        long queue = redoQueue.orElse(0);
        if (queue == 0) {
            return Optional.of(Duration.ZERO);
        }
        return redoRate.isPresent() && redoRate.getAsLong() > 0
                ? Optional.of(Duration.ofMillis(queue * 1000 / redoRate.getAsLong()))
                : Optional.empty();
    }

    /** Whether every commit on the primary is on this replica's disk. */
    public boolean isSynchronized() {
        return synchronization.equals(SYNCHRONIZED);
    }

    /** Whether data come in. */
    public boolean isMoving() {
        return suspended.isEmpty() && (isSynchronized() || synchronization.equals(SYNCHRONIZING));
    }
}
