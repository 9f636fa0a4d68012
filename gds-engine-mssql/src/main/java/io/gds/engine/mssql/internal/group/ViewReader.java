package io.gds.engine.mssql.internal.group;

import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what one instance says of its groups. By numbers, not by words: those differ in case from version to version.
 *
 * <p>Source: sys.availability_groups (cluster_type and required_synchronized_secondaries_to_commit 2017 and later, is_contained 2022 and
 * later), sys.availability_replicas, sys.dm_hadr_availability_replica_states, sys.dm_hadr_database_replica_states,
 * sys.dm_hadr_database_replica_cluster_states.
 */
final class ViewReader {
    private static final int V2017 = 14;
    private static final int V2022 = 16;

    private static final String REPLICAS =
            "SELECT r.group_id, r.replica_server_name, r.availability_mode, r.failover_mode,"
                    + " s.is_local, s.role, s.connected_state, s.synchronization_health, s.last_connect_error_description"
                    + " FROM sys.availability_replicas r"
                    + " LEFT JOIN sys.dm_hadr_availability_replica_states s ON s.replica_id = r.replica_id"
                    + " ORDER BY r.replica_server_name";
    private static final String DATABASES =
            "SELECT d.group_id, r.replica_server_name, c.database_name, c.is_failover_ready, c.is_database_joined,"
                    + " d.synchronization_state_desc, d.is_suspended, d.suspend_reason_desc, d.database_state_desc,"
                    + " d.log_send_queue_size, d.redo_queue_size, d.redo_rate, d.last_commit_time,"
                    + " d.last_hardened_lsn"
                    + " FROM sys.dm_hadr_database_replica_states d"
                    + " JOIN sys.availability_groups g ON g.group_id = d.group_id AND g.is_distributed = 0"
                    + " JOIN sys.availability_replicas r ON r.replica_id = d.replica_id"
                    + " JOIN sys.dm_hadr_database_replica_cluster_states c"
                    + " ON c.replica_id = d.replica_id AND c.group_database_id = d.group_database_id"
                    + " ORDER BY r.replica_server_name, c.database_name";
    /** The databases of a distributed group, by the views that its page joins: nothing of it is in the cluster. */
    private static final String FORWARDED =
            "SELECT d.group_id, r.replica_server_name, b.name AS database_name, 0 AS is_failover_ready,"
                    + " 1 AS is_database_joined, d.synchronization_state_desc, d.is_suspended, d.suspend_reason_desc,"
                    + " d.database_state_desc, d.log_send_queue_size, d.redo_queue_size, d.redo_rate, d.last_commit_time,"
                    + " d.last_hardened_lsn"
                    + " FROM sys.dm_hadr_database_replica_states d"
                    + " JOIN sys.availability_groups g ON g.group_id = d.group_id AND g.is_distributed = 1"
                    + " JOIN sys.availability_replicas r ON r.replica_id = d.replica_id"
                    + " JOIN sys.databases b ON b.database_id = d.database_id"
                    + " ORDER BY r.replica_server_name, b.name";

    private ViewReader() {}

    static InstanceView read(TargetSpec target, SqlAccess access) {
        InstanceFacts facts = InstanceReader.facts(access);
        return access.call("reading its availability groups", s -> read(target, facts, s));
    }

    private static InstanceView read(TargetSpec target, InstanceFacts facts, Statement s) throws SQLException {
        if (!facts.isInGroups()) {
            return new InstanceView(target, facts, List.of(), List.of(), List.of());
        }
        List<GroupConfig> groups = SqlQuery.rows(s, groups(facts.build().major()), GroupConfig::of);
        List<DatabaseRow> databases = new ArrayList<>(SqlQuery.rows(s, DATABASES, DatabaseRow::of));
        if (groups.stream().anyMatch(GroupConfig::isDistributed)) {
            databases.addAll(SqlQuery.rows(s, FORWARDED, DatabaseRow::of));
        }
        return new InstanceView(target, facts, groups, SqlQuery.rows(s, REPLICAS, ReplicaRow::of), databases);
    }

    private static String groups(int major) {
        String newer = major >= V2017
                ? "g.cluster_type, g.required_synchronized_secondaries_to_commit AS required_sync"
                : "0 AS cluster_type, 0 AS required_sync";
        String newest = major >= V2022 ? "g.is_contained" : "0 AS is_contained";
        return "SELECT g.group_id, g.name, g.automated_backup_preference, g.is_distributed, g.basic_features, " + newer
                + ", " + newest + " FROM sys.availability_groups g ORDER BY g.name";
    }
}
