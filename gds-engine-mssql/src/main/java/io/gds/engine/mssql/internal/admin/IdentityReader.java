package io.gds.engine.mssql.internal.admin;

import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What else an instance says of itself, for those who know the product. What a version does not know is left out.
 *
 * <p>Source: SERVERPROPERTY (NULL for a name that a version does not know), CONNECTIONPROPERTY (which anybody may ask),
 * sys.dm_os_host_info (2017 and later), sys.dm_os_windows_info (before).
 */
final class IdentityReader {
    private static final int V2017 = 14;

    /** By the name of the attribute. */
    private static final Map<String, String> PROPERTIES = properties();

    private static final String PROPERTY_QUERY = PROPERTIES.entrySet().stream()
            .map(e -> "CAST(SERVERPROPERTY('" + e.getValue() + "') AS nvarchar(256)) AS " + e.getKey())
            .collect(Collectors.joining(", ", "SELECT ", ""));

    private static final String PORT =
            "SELECT CAST(CONNECTIONPROPERTY('local_tcp_port') AS nvarchar(16)) AS local_tcp_port";
    private static final String HOST = "SELECT host_platform, host_distribution, host_release FROM sys.dm_os_host_info";
    private static final String WINDOWS =
            "SELECT 'Windows' AS host_platform, 'Windows' AS host_distribution, windows_release AS host_release"
                    + " FROM sys.dm_os_windows_info";

    private IdentityReader() {}

    private static Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("productLevel", "ProductLevel");
        all.put("updateLevel", "ProductUpdateLevel");
        all.put("updateReference", "ProductUpdateReference");
        all.put("buildType", "ProductBuildType");
        all.put("engineEdition", "EngineEdition");
        all.put("editionId", "EditionID");
        all.put("instanceName", "InstanceName");
        all.put("machineName", "MachineName");
        all.put("physicalHost", "ComputerNamePhysicalNetBIOS");
        all.put("serverName", "ServerName");
        all.put("collation", "Collation");
        all.put("failoverCluster", "IsClustered");
        all.put("availabilityGroups", "IsHadrEnabled");
        all.put("groupManagerStatus", "HadrManagerStatus");
        all.put("singleUser", "IsSingleUser");
        all.put("windowsLoginsOnly", "IsIntegratedSecurityOnly");
        all.put("resourceUpdated", "ResourceLastUpdateDateTime");
        all.put("dataPath", "InstanceDefaultDataPath");
        all.put("logPath", "InstanceDefaultLogPath");
        all.put("backupPath", "InstanceDefaultBackupPath");
        all.put("suspendedForSnapshotBackup", "IsServerSuspendedForSnapshotBackup");
        return all;
    }

    /** The attributes of an instance; a map that may be added to. */
    static Map<String, String> attributes(SqlAccess access, InstanceFacts facts) {
        Map<String, String> all = new TreeMap<>();
        all.put("level", facts.describe());
        all.put("startedAt", facts.startedAt().toString());
        all.put("environment", access.target().environment());
        return access.call("reading what it is", s -> {
            read(s, all, facts.build().major() >= V2017);
            return all;
        });
    }

    private static void read(Statement s, Map<String, String> all, boolean tellsItsHost) throws SQLException {
        SqlQuery.each(s, PROPERTY_QUERY, row -> {
            for (String name : PROPERTIES.keySet()) {
                row.optional(name).ifPresent(value -> all.put(name, value));
            }
            return all;
        });
        SqlQuery.each(s, PORT, row -> {
            row.optional("local_tcp_port").ifPresent(port -> all.put("tcpPort", port));
            return all;
        });
        SqlQuery.each(s, tellsItsHost ? HOST : WINDOWS, row -> {
            all.put("platform", row.text("host_platform"));
            all.put("distribution", row.text("host_distribution"));
            all.put("release", row.text("host_release"));
            return all;
        });
    }
}
