package io.gds.engine.mssql.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Lag;
import io.gds.database.topology.MemberRole;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one instance says of the availability groups that it is in: all of them, when it is primary there, otherwise about itself. Nothing
 * when it is in none. Members are replicas by the names that groups give them.
 *
 * <p>Source: sys.availability_replicas, sys.dm_hadr_availability_replica_states, sys.dm_hadr_database_replica_states
 * (secondary_lag_seconds, 2016 and later).
 */
final class Replicas implements ReplicationAdmin {
    private static final String REPLICAS =
            "SELECT g.name AS group_name, r.replica_server_name, r.availability_mode_desc,"
                    + " s.role_desc, s.synchronization_health_desc,"
                    + " (SELECT MAX(d.secondary_lag_seconds) FROM sys.dm_hadr_database_replica_states d"
                    + " WHERE d.replica_id = r.replica_id) AS lag_seconds"
                    + " FROM sys.availability_replicas r JOIN sys.availability_groups g ON g.group_id = r.group_id"
                    + " LEFT JOIN sys.dm_hadr_availability_replica_states s ON s.replica_id = r.replica_id"
                    + " ORDER BY g.name, r.replica_server_name";
    private static final String LAG = "sys.dm_hadr_database_replica_states.secondary_lag_seconds";

    private final SqlAccess access;

    private record Seen(
            String group, String server, String mode, String role, Optional<String> health, OptionalLong seconds) {
        static Seen of(SqlRow row) throws SQLException {
            return new Seen(
                    row.text("group_name"),
                    row.text("replica_server_name"),
                    row.text("availability_mode_desc"),
                    row.text("role_desc"),
                    row.optional("synchronization_health_desc"),
                    row.number("lag_seconds"));
        }

        MemberRole memberRole() {
            return switch (role) {
                case "PRIMARY" -> MemberRole.PRIMARY;
                case "SECONDARY" -> MemberRole.STANDBY;
                default -> MemberRole.UNKNOWN;
            };
        }
    }

    Replicas(SqlAccess access) {
        this.access = access;
    }

    @Override
    public List<ReplicationStatus> replicationStatus() {
        List<Seen> all = access.call("reading its replicas", s -> SqlQuery.rows(s, REPLICAS, Seen::of));
        return all.stream().map(r -> status(r, all)).toList();
    }

    private static ReplicationStatus status(Seen replica, List<Seen> all) {
        boolean primary = replica.memberRole() == MemberRole.PRIMARY;
        List<String> partners = all.stream()
                .filter(o -> o.group().equals(replica.group()))
                .filter(o -> primary != (o.memberRole() == MemberRole.PRIMARY))
                .map(Seen::server)
                .toList();
        return new ReplicationStatus(
                replica.server(),
                true,
                replica.group() + " " + replica.mode(),
                replica.memberRole(),
                primary || replica.seconds().isEmpty()
                        ? null
                        : new Lag(replica.seconds().getAsLong() * 1000, Lag.Unit.MILLISECONDS, LAG),
                replica.health().orElse("unknown"),
                partners);
    }

    /** One instance alone cannot hand anything over. */
    @Override
    public OperationResult failover(String target) {
        throw GdsDatabaseException.user("GDS-FAILOVER-REFUSED")
                .message("this spec names the instance " + access.target().name() + " alone, and not the group that \""
                        + target + "\" would become primary of.")
                .remedy("open a spec that names the group and all of its replicas.")
                .build();
    }
}
