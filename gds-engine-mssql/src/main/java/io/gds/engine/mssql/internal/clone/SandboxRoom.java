package io.gds.engine.mssql.internal.clone;

import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether copies have room where a server keeps files.
 *
 * <p>Source: SERVERPROPERTY InstanceDefaultDataPath and InstanceDefaultLogPath; sys.dm_os_volume_stats, which knows the volumes that files
 * of databases are on.
 */
final class SandboxRoom {
    private static final String FOLDERS =
            "SELECT CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(256)) AS data,"
                    + " CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(256)) AS log";
    private static final String VOLUMES =
            "SELECT DISTINCT v.volume_mount_point, v.available_bytes FROM sys.master_files AS f"
                    + " CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) AS v";

    private SandboxRoom() {}

    /**
     * What speaks against it.
     *
     * @param bytes what data and logs need, under {@code DATA} and {@code LOG}
     */
    static List<Finding> findings(SqlAccess sandbox, Map<String, Long> bytes) {
        Map<String, String> folders = new TreeMap<>();
        Map<String, Long> free = new TreeMap<>();
        sandbox.call("reading how much room it has", s -> {
            SqlQuery.each(s, FOLDERS, row -> {
                folders.put("DATA", row.text("data"));
                folders.put("LOG", row.text("log"));
                return true;
            });
            SqlQuery.each(
                    s,
                    VOLUMES,
                    row -> free.put(
                            row.text("volume_mount_point"),
                            row.number("available_bytes").orElse(0)));
            return true;
        });
        Map<String, Long> needed = new TreeMap<>();
        List<Finding> findings = new ArrayList<>();
        folders.forEach((kind, folder) -> volume(folder, free)
                .ifPresentOrElse(
                        v -> needed.merge(v, bytes.getOrDefault(kind, 0L), Long::sum),
                        () -> findings.add(Finding.warn(
                                "MSSQL-SANDBOX-ROOM",
                                sandbox.target().name(),
                                "it does not tell how much room there is at \"" + folder + "\"",
                                shown(bytes.getOrDefault(kind, 0L)),
                                "look for yourself."))));
        needed.forEach((volume, bytesThere) -> {
            if (free.getOrDefault(volume, 0L) < bytesThere) {
                findings.add(Finding.block(
                        "MSSQL-SANDBOX-ROOM",
                        sandbox.target().name(),
                        shown(free.getOrDefault(volume, 0L)) + " free on " + volume,
                        shown(bytesThere) + " for the files of the copies",
                        "make room, or choose fewer databases."));
            }
        });
        return findings;
    }

    /** Volumes may be mounted in others: the longest path that a folder is below is its volume's. */
    private static Optional<String> volume(String folder, Map<String, Long> free) {
        String lower = folder.toLowerCase(Locale.ROOT);
        return free.keySet().stream()
                .filter(v -> lower.startsWith(v.toLowerCase(Locale.ROOT)))
                .max((a, b) -> Integer.compare(a.length(), b.length()));
    }

    private static String shown(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
    }
}
