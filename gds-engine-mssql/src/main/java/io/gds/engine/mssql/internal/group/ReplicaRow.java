package io.gds.engine.mssql.internal.group;

import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A replica as an instance has it. The primary knows all of them; a secondary knows how it is itself, and of the others only what is set.
 *
 * @param group the identity of its group
 * @param server what its instance calls itself
 * @param mode whether commits wait for it
 * @param failover how it becomes primary
 * @param isLocal whether it is the replica of the instance that says this
 * @param role what it is; empty when that is not known here
 * @param connected whether the primary reaches it
 * @param health 0 when some database gets nothing, 1 when some are not as their mode wants them, 2 when all are
 * @param trouble why the last attempt to reach it failed; empty when none did
 */
public record ReplicaRow(
        String group,
        String server,
        CommitMode mode,
        FailoverMode failover,
        boolean isLocal,
        Optional<ReplicaRole> role,
        boolean connected,
        int health,
        Optional<String> trouble) {
    static ReplicaRow of(SqlRow row) throws SQLException {
        var role = row.number("role");
        return new ReplicaRow(
                row.text("group_id"),
                row.text("replica_server_name"),
                CommitMode.of(row.number("availability_mode").orElse(0)),
                FailoverMode.of(row.number("failover_mode").orElse(1)),
                row.flag("is_local"),
                role.isPresent() ? Optional.of(ReplicaRole.of(role.getAsLong())) : Optional.empty(),
                row.number("connected_state").orElse(0) == 1,
                Math.toIntExact(row.number("synchronization_health").orElse(0)),
                row.optional("last_connect_error_description"));
    }

    /** Whether commits wait for it, where the primary is so too. */
    public boolean isSynchronous() {
        return mode == CommitMode.SYNCHRONOUS_COMMIT;
    }

    /** Whether it has the databases. */
    public boolean hasDatabases() {
        return mode != CommitMode.CONFIGURATION_ONLY;
    }
}
