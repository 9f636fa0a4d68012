package io.gds.engine.mssql.internal.sql;

import io.gds.engine.mssql.internal.build.Build;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what an instance says of itself. A property that a version does not know is NULL there, which is never an error.
 *
 * <p>Source: SERVERPROPERTY (Transact-SQL), sys.dm_os_sys_info, sys.databases, sys.dm_os_cluster_nodes.
 */
public final class InstanceReader {
    private static final String FACTS = "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version,"
            + " CAST(SERVERPROPERTY('ProductLevel') AS nvarchar(128)) AS level,"
            + " CAST(SERVERPROPERTY('ProductUpdateLevel') AS nvarchar(128)) AS update_level,"
            + " CAST(SERVERPROPERTY('ProductUpdateReference') AS nvarchar(128)) AS article,"
            + " CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,"
            + " CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)) AS server_name,"
            + " CAST(SERVERPROPERTY('ComputerNamePhysicalNetBIOS') AS nvarchar(128)) AS host,"
            + " CAST(SERVERPROPERTY('IsClustered') AS int) AS is_clustered,"
            + " CAST(SERVERPROPERTY('IsHadrEnabled') AS int) AS is_hadr_enabled,"
            + " CAST(SERVERPROPERTY('PathSeparator') AS nvarchar(4)) AS path_separator,"
            + " sqlserver_start_time AS started_at,"
            + " DATEDIFF(minute, GETUTCDATE(), GETDATE()) AS minutes_east"
            + " FROM sys.dm_os_sys_info";
    private static final String DATABASES = "SELECT name, state_desc FROM sys.databases ORDER BY name";

    private static final String NODES = "SELECT NodeName AS node, status, status_description AS description,"
            + " is_current_owner AS owner FROM sys.dm_os_cluster_nodes ORDER BY NodeName";

    private InstanceReader() {}

    /** What the instance is. */
    public static InstanceFacts facts(SqlAccess access) {
        return access.call("reading what it is", InstanceReader::facts);
    }

    private static InstanceFacts facts(Statement statement) throws SQLException {
        try (ResultSet r = statement.executeQuery(FACTS)) {
            r.next();
            String version = text(r, "version");
            int east = ServerTime.east(r.getLong("minutes_east"));
            return new InstanceFacts(
                    Build.of(version),
                    version,
                    text(r, "level"),
                    optional(r, "update_level"),
                    optional(r, "article"),
                    text(r, "edition"),
                    text(r, "server_name"),
                    optional(r, "host").orElse(""),
                    r.getInt("is_clustered") == 1,
                    r.getInt("is_hadr_enabled") == 1,
                    !"/".equals(text(r, "path_separator")),
                    // The server tells the time of its start by the clock on its wall.
                    r.getTimestamp("started_at")
                            .toLocalDateTime()
                            .minusMinutes(east)
                            .toInstant(ZoneOffset.UTC));
        }
    }

    /** The databases that are not online, by name with their state. */
    public static Map<String, String> notOnline(SqlAccess access) {
        return access.call("reading the state of its databases", statement -> {
            Map<String, String> states = new LinkedHashMap<>();
            try (ResultSet r = statement.executeQuery(DATABASES)) {
                while (r.next()) {
                    String state = text(r, "state_desc");
                    if (!state.equals("ONLINE")) {
                        states.put(text(r, "name"), state);
                    }
                }
            }
            return states;
        });
    }

    /** The nodes of an instance of a failover cluster, by name; none of an instance that stands by itself. */
    public static List<SqlNode> nodes(SqlAccess access) {
        return access.call("reading the nodes of its failover cluster", statement -> {
            List<SqlNode> nodes = new ArrayList<>();
            try (ResultSet r = statement.executeQuery(NODES)) {
                while (r.next()) {
                    nodes.add(new SqlNode(
                            text(r, "node"), r.getInt("status") == 0, text(r, "description"), r.getBoolean("owner")));
                }
            }
            return nodes;
        });
    }

    private static Optional<String> optional(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getString(column)).map(String::strip).filter(s -> !s.isEmpty());
    }

    private static String text(ResultSet r, String column) throws SQLException {
        return optional(r, column).orElse("");
    }
}
