package io.gds.database.testkit.mssql;

import io.gds.database.testkit.mssql.ServerDisk.Backup;
import io.gds.database.testkit.tds.SqlColumn;
import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import io.gds.database.testkit.tds.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Backups are read.
 *
 * <p>Source: RESTORE, RESTORE HEADERONLY, FILELISTONLY, VERIFYONLY, RESTORE statement arguments (Transact-SQL): no such file (3201), no
 * checksums to look at (3187), damaged (3189, while restoring 3183), made by a newer server (3169), sessions in the database (3101), a
 * logical file that the backup does not have (3234), a file of another database (1834), without REPLACE a database that is there (3154).
 * What is restored delivers no messages and is not trustworthy; RESTRICTED_USER keeps everybody out but administrators.
 */
final class RestoreStatements {
    private static final String RESTORE = "RESTORE DATABASE";
    private static final Pattern MOVE =
            Pattern.compile(", MOVE " + TransactSql.TEXT + " TO " + TransactSql.TEXT, Pattern.CASE_INSENSITIVE);

    private final ServerCatalogue all;

    RestoreStatements(ServerCatalogue all) {
        this.all = all;
    }

    void register(ServerStatements to) {
        String from = " FROM DISK = " + TransactSql.VALUE;
        to.know("RESTORE HEADERONLY" + from, (m, c) -> header(c.value(m.group(1))));
        to.know("RESTORE FILELISTONLY" + from, (m, c) -> fileList(c.value(m.group(1))));
        to.know(
                "RESTORE VERIFYONLY" + from + "( WITH CHECKSUM)?",
                (m, c) -> verify(c.value(m.group(1)), m.group(2) != null));
        to.know(
                RESTORE + " " + TransactSql.NAME + from
                        + " WITH REPLACE(, CHECKSUM)?((?:, MOVE N'(?:[^']|'')*' TO N'(?:[^']|'')*')*)",
                (m, c) -> restore(
                        TransactSql.name(m.group(1)),
                        c.value(m.group(2)),
                        m.group(3) != null,
                        m.group(4),
                        true,
                        c.session()));
        to.know(
                RESTORE + " " + TransactSql.NAME + from
                        + " WITH RESTRICTED_USER(, CHECKSUM)?((?:, MOVE N'(?:[^']|'')*' TO N'(?:[^']|'')*')*)",
                (m, c) -> restore(
                        TransactSql.name(m.group(1)),
                        c.value(m.group(2)),
                        m.group(3) != null,
                        m.group(4),
                        false,
                        c.session()));
    }

    static SqlFailure cannotOpen(String path, String error) {
        return ServerStatements.failure(
                3201, "Cannot open backup device '" + path + "'. Operating system error " + error + ".");
    }

    private Backup backup(String path) throws SqlFailure {
        if (all.disk().find(path).isEmpty() && all.disk().isThere(path)) {
            throw ServerStatements.failure(
                    3241,
                    "The media family on device '" + path + "' is incorrectly formed. SQL Server cannot process this.");
        }
        return all.disk()
                .find(path)
                .orElseThrow(() -> cannotOpen(path, "2(The system cannot find the file specified.)"));
    }

    private List<SqlOutcome> header(String path) {
        try {
            Backup b = backup(path);
            return List.of(SqlOutcome.Rows.of(
                            new SqlColumn("BackupType", SqlType.SMALLINT),
                            new SqlColumn("DatabaseName", SqlType.nvarchar(128)),
                            new SqlColumn("SoftwareVersionMajor", SqlType.INT),
                            new SqlColumn("HasBackupChecksums", SqlType.BIT))
                    .row(1, b.database(), ServerCatalogue.major(b.version()), b.checksums()));
        } catch (SqlFailure e) {
            return ServerStatements.terminated("RESTORE HEADERONLY", e);
        }
    }

    private List<SqlOutcome> fileList(String path) {
        try {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            backup(path)
                    .files()
                    .forEach(f -> rows.add(
                            Arrays.asList(f.logical(), f.path(), word(f.type()), (long) f.id(), f.pages() * 8192L)));
            return List.of(new SqlOutcome.Rows(
                    List.of(
                            new SqlColumn("LogicalName", SqlType.nvarchar(128)),
                            new SqlColumn("PhysicalName", SqlType.nvarchar(260)),
                            new SqlColumn("Type", SqlType.nvarchar(1)),
                            new SqlColumn("FileId", SqlType.BIGINT),
                            new SqlColumn("Size", SqlType.BIGINT)),
                    rows));
        } catch (SqlFailure e) {
            return ServerStatements.terminated("RESTORE FILELIST", e);
        }
    }

    private static String word(String type) {
        return type.equals("LOG") ? "L" : type.equals("FILESTREAM") ? "S" : "D";
    }

    private List<SqlOutcome> verify(String path, boolean checksum) {
        try {
            Backup b = backup(path);
            if (checksum && !b.checksums()) {
                throw ServerStatements.failure(
                        3187,
                        "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum"
                                + " information.");
            }
            if (checksum && b.damaged()) {
                throw ServerStatements.failure(3189, "Damage to the backup set was detected.");
            }
            return List.of(
                    new SqlOutcome.Info(3262, 1, 10, "The backup set on file 1 is valid."), new SqlOutcome.Done());
        } catch (SqlFailure e) {
            return ServerStatements.terminated("VERIFY DATABASE", e);
        }
    }

    private List<SqlOutcome> restore(
            String name, String path, boolean checksum, String moves, boolean replace, int session) {
        try {
            if (!replace && all.databases.containsKey(name)) {
                throw ServerStatements.failure(
                        3154,
                        "The backup set holds a backup of a database other than the existing '" + name + "' database.");
            }
            Backup b = backup(path);
            if (ServerCatalogue.major(b.version()) > ServerCatalogue.major(all.version())) {
                throw ServerStatements.failure(
                        3169,
                        "The database was backed up on a server running version " + b.version()
                                + ". That version is incompatible with this server, which is running version "
                                + all.version()
                                + ". Either restore the database on a server that supports the backup, or use"
                                + " a backup that is compatible with this server.");
            }
            if (all.sessions().isUsed(name, -session)) {
                throw ServerStatements.failure(
                        3101, "Exclusive access could not be obtained because the database is in use.");
            }
            List<ModelDatabase.File> files = moved(name, b.files(), targets(moves));
            if (checksum && b.damaged()) {
                all.states.put(name, "RESTORING");
                throw ServerStatements.failure(
                        3183,
                        "RESTORE detected an error on page (1:77) in database \"" + name
                                + "\" as read from the backup set.");
            }
            all.states.put(name, "ONLINE");
            ModelDatabase database = all.of(name);
            database.files.clear();
            database.files.addAll(files);
            database.tables.clear();
            database.tables.putAll(b.tables());
            b.broken().stream().filter(d -> !database.damage.contains(d)).forEach(database.damage::add);
            database.broker = false;
            database.trustworthy = false;
            if (!replace) {
                database.access = "RESTRICTED_USER";
            }
            return List.of(
                    new SqlOutcome.Info(
                            4035, 1, 10, "Processed 1024 pages for database '" + name + "', file 'x' on file 1."),
                    new SqlOutcome.Info(3014, 1, 10, "RESTORE DATABASE successfully processed 1024 pages."),
                    new SqlOutcome.Done());
        } catch (SqlFailure e) {
            return ServerStatements.terminated(RESTORE, e);
        }
    }

    private static Map<String, String> targets(String moves) {
        Map<String, String> targets = new LinkedHashMap<>();
        Matcher m = MOVE.matcher(moves);
        while (m.find()) {
            targets.put(TransactSql.text(m.group(1)), TransactSql.text(m.group(2)));
        }
        return targets;
    }

    private List<ModelDatabase.File> moved(String name, List<ModelDatabase.File> from, Map<String, String> targets)
            throws SqlFailure {
        List<ModelDatabase.File> files = new ArrayList<>();
        for (ModelDatabase.File f : from) {
            String to = targets.getOrDefault(f.logical(), f.path());
            targets.remove(f.logical());
            for (ModelDatabase other : all.databases.values()) {
                if (!other.name.equalsIgnoreCase(name)
                        && other.files.stream().anyMatch(o -> o.path().equalsIgnoreCase(to))) {
                    throw ServerStatements.failure(
                            1834,
                            "The file '" + to + "' cannot be overwritten. It is being used by database '" + other.name
                                    + "'.");
                }
            }
            files.add(new ModelDatabase.File(f.id(), f.type(), f.logical(), to, f.pages()));
        }
        for (String unknown : targets.keySet()) {
            throw ServerStatements.failure(
                    3234,
                    "Logical file '" + unknown + "' is not part of database '" + name
                            + "'. Use RESTORE FILELISTONLY to list the logical file names.");
        }
        return files;
    }
}
