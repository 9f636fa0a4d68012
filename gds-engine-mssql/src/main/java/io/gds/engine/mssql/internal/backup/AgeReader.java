package io.gds.engine.mssql.internal.backup;

import io.gds.engine.mssql.internal.sql.ServerTime;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks an instance how long ago its databases were saved and checked.
 *
 * <p>Source: sys.databases, DATABASEPROPERTYEX (LastGoodCheckDbTime from 2016 SP2 on, NULL before; 1900-01-01 for never), msdb.dbo.backupset,
 * which keeps names, not databases, and of backups that were restored here the name of the server that made them.
 */
final class AgeReader {
    private static final int YEAR_OF_NEVER = 1900;
    /** Nobody can back these up: copies that are kept by log shipping or mirroring, and what is not in use. */
    private static final Set<String> NOT_HERE = Set.of("RESTORING", "OFFLINE");

    private static final String DATABASES =
            "SELECT d.database_id, d.name, d.state_desc, d.is_read_only, d.group_database_id,"
                    + " CAST(DATABASEPROPERTYEX(d.name, 'LastGoodCheckDbTime') AS datetime) AS checked,"
                    + " CASE WHEN EXISTS (SELECT 1 FROM sys.dm_hadr_database_replica_states AS r WHERE r.database_id = d.database_id"
                    + " AND r.is_local = 1 AND r.is_primary_replica = 0) THEN 1 ELSE 0 END AS follows"
                    + " FROM sys.databases AS d WHERE d.name <> 'tempdb' AND d.is_in_standby = 0 AND d.source_database_id IS NULL"
                    + " ORDER BY d.name";

    /** The server finds its database to a name itself: it knows whether case matters. */
    private static final String BACKUPS = "SELECT DB_ID(h.database_name) AS database_id, h.finished FROM"
            + " (SELECT database_name, MAX(backup_finish_date) AS finished FROM msdb.dbo.backupset"
            + " WHERE type = 'D' AND is_copy_only = 0 AND (is_damaged = 0 OR is_damaged IS NULL)"
            + " AND server_name = CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)) GROUP BY database_name) AS h";

    private AgeReader() {}

    /** All databases but tempdb and snapshots. */
    static List<DatabaseAge> databases(SqlAccess access) {
        return access.call("reading when its databases were checked", s -> {
            ServerTime clock = ServerTime.read(s);
            return SqlQuery.rows(s, DATABASES, row -> database(row, clock));
        });
    }

    private static DatabaseAge database(SqlRow row, ServerTime clock) throws SQLException {
        return new DatabaseAge(
                Math.toIntExact(row.number("database_id").orElseThrow()),
                row.text("name"),
                row.optional("group_database_id"),
                !row.flag("follows") && !NOT_HERE.contains(row.text("state_desc")),
                row.flag("is_read_only"),
                checked(row.time("checked"), clock));
    }

    private static Age checked(Optional<LocalDateTime> told, ServerTime clock) {
        return told.isEmpty()
                ? new Age.Untold()
                : Age.of(told.filter(t -> t.getYear() > YEAR_OF_NEVER).map(t -> since(t, clock)));
    }

    /** How long ago the last full backup of each database was made here, by the database's number; copy-only ones do not count. */
    static Map<Integer, Age> backups(SqlAccess access) {
        return access.call("reading when its databases were backed up", s -> {
            ServerTime clock = ServerTime.read(s);
            Map<Integer, Age> ages = new HashMap<>();
            SqlQuery.each(s, BACKUPS, row -> {
                Age age = Age.of(row.time("finished").map(t -> since(t, clock)));
                row.number("database_id").ifPresent(id -> ages.merge(Math.toIntExact(id), age, Age::orNewer));
                return age;
            });
            return ages;
        });
    }

    private static Duration since(LocalDateTime wall, ServerTime clock) {
        return Duration.between(clock.at(wall), clock.now());
    }
}
