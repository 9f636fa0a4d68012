package io.gds.engine.mssql.internal.group;

import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;

/**
 * A group as an instance has it.
 *
 * @param id its identity
 * @param name its name
 * @param cluster who decides about its primary
 * @param isDistributed whether its replicas are groups
 * @param isContained whether it has system databases of its own
 * @param isBasic whether it is one of Standard Edition: two replicas, one database, nobody reads the secondary
 * @param required how many secondaries must be synchronized for a commit to go on
 * @param backups where backup jobs should run
 */
public record GroupConfig(
        String id,
        String name,
        ClusterType cluster,
        boolean isDistributed,
        boolean isContained,
        boolean isBasic,
        int required,
        BackupPreference backups) {
    static GroupConfig of(SqlRow row) throws SQLException {
        return new GroupConfig(
                row.text("group_id"),
                row.text("name"),
                ClusterType.of(row.number("cluster_type").orElse(0)),
                row.flag("is_distributed"),
                row.flag("is_contained"),
                row.flag("basic_features"),
                Math.toIntExact(row.number("required_sync").orElse(0)),
                BackupPreference.of(row.number("automated_backup_preference").orElse(2)));
    }
}
