package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlColumn;
import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import io.gds.database.testkit.tds.SqlType;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Backups and the folders for them.
 *
 * <p>Source: BACKUP (Transact-SQL): not of tempdb (3147), not into a folder that is not there (3201), compressed only where the edition
 * has it (1844); FORMAT makes the file anew, otherwise a second one is appended to it, which this model does not do. xp_dirtree,
 * xp_create_subdir and xp_delete_file as maintenance plans use them: a folder that is not there has no entries, one that is there is not
 * made anew; of the files of an extension those are deleted that have the header of a backup and are older than a time, by local time.
 */
final class BackupStatements {
    private final ServerCatalogue all;

    BackupStatements(ServerCatalogue all) {
        this.all = all;
    }

    void register(ServerStatements to) {
        to.know(
                "BACKUP DATABASE " + TransactSql.NAME + " TO DISK = " + TransactSql.VALUE
                        + " WITH COPY_ONLY, CHECKSUM(, FORMAT)?(, COMPRESSION)?",
                (m, c) -> backup(
                        TransactSql.name(m.group(1)), c.value(m.group(2)), m.group(3) != null, m.group(4) != null));
        to.know(
                "EXEC master\\.dbo\\.xp_delete_file 0, " + TransactSql.VALUE + ", " + TransactSql.VALUE + ", "
                        + TransactSql.VALUE + ", 0",
                (m, c) -> delete(c.value(m.group(1)), c.value(m.group(2)), c.value(m.group(3))));
        to.know(
                "EXEC master\\.dbo\\.xp_dirtree " + TransactSql.VALUE + ", 1, 1",
                (m, c) -> entries(c.value(m.group(1))));
        to.know("EXEC master\\.dbo\\.xp_create_subdir " + TransactSql.VALUE, (m, c) -> {
            all.disk().makeFolder(c.value(m.group(1)));
            return ServerStatements.done();
        });
    }

    private List<SqlOutcome> delete(String folder, String extension, String before) {
        if (LocalDateTime.parse(before).isAfter(all.now())) { // all files here are of now
            all.disk().removeBackups(folder, extension);
        }
        return ServerStatements.done();
    }

    private List<SqlOutcome> backup(String name, String path, boolean anew, boolean compressed) throws SqlFailure {
        ModelDatabase found = all.databases.get(name);
        if (found == null) {
            return terminated(ServerStatements.failure(
                    911, "Database '" + name + "' does not exist. Make sure that the name is entered correctly."));
        }
        if (name.equalsIgnoreCase("tempdb")) {
            return terminated(ServerStatements.failure(
                    3147, "Backup and restore operations are not allowed on database tempdb."));
        }
        if (compressed && !all.canCompress()) {
            return terminated(ServerStatements.failure(
                    1844, "BACKUP DATABASE WITH COMPRESSION is not supported on " + all.edition() + "."));
        }
        if (!all.disk().hasFolder(ServerDisk.parent(path))) {
            return terminated(RestoreStatements.cannotOpen(path, "3(The system cannot find the path specified.)"));
        }
        if (!anew && all.disk().isThere(path)) {
            throw ServerStatements.failure(102, "the model does not append a backup to " + path);
        }
        all.disk()
                .put(
                        path,
                        new ServerDisk.Backup(
                                found.name,
                                all.version(),
                                found.files,
                                found.tables,
                                found.damage,
                                compressed,
                                true,
                                false));
        all.backups().add(BackupHistory.Backup.full(found.name, all.moment()).asCopy());
        return List.of(
                new SqlOutcome.Info(
                        4035,
                        1,
                        10,
                        "Processed 1024 pages for database '" + found.name + "', file '" + found.name + "' on file 1."),
                new SqlOutcome.Info(
                        3014,
                        1,
                        10,
                        "BACKUP DATABASE successfully processed 1024 pages in 0.100 seconds (80.000 MB/sec)."),
                new SqlOutcome.Done());
    }

    private static List<SqlOutcome> terminated(SqlFailure because) {
        return ServerStatements.terminated("BACKUP DATABASE", because);
    }

    private List<SqlOutcome> entries(String folder) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        all.disk().namesIn(folder).forEach(f -> rows.add(Arrays.asList(f, 1, 1)));
        return List.of(new SqlOutcome.Rows(
                List.of(
                        new SqlColumn("subdirectory", SqlType.nvarchar(512)),
                        new SqlColumn("depth", SqlType.INT),
                        new SqlColumn("file", SqlType.INT)),
                rows));
    }
}
