package io.gds.engine.mssql.internal.clone;

import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The backups of a run in the folder that both servers see, as the sandbox sees and removes them.
 *
 * <p>Source: xp_delete_file, as maintenance plans use it: folder, ending, and a time by the server's clock that files must be older than;
 * files that do not have the header of a backup stay.
 */
final class BackupFiles {
    private static final String LIST = "EXEC master.dbo.xp_dirtree ?, 1, 1";
    private static final String DELETE = "EXEC master.dbo.xp_delete_file 0, ?, ?, ?, 0";
    private static final String ANY_TIME = "2099-12-31T23:59:59";
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final SqlAccess sandbox;
    private final String folder;
    private final String extension;

    BackupFiles(SqlAccess sandbox, String folder, CloneNames names) {
        this.sandbox = sandbox;
        this.folder = folder;
        this.extension = names.extension();
    }

    /** Those that are there. */
    List<String> there() {
        return sandbox.call("listing " + folder, this::there);
    }

    private List<String> there(Statement s) throws SQLException {
        String ending = "." + extension.toLowerCase(Locale.ROOT);
        return SqlQuery.rows(s, LIST, row -> row.text("subdirectory"), folder).stream()
                .filter(f -> f.toLowerCase(Locale.ROOT).endsWith(ending))
                .toList();
    }

    /** Removes them. One that broke off has no header: a backup of an empty database takes its place before it is removed. */
    void remove() {
        sandbox.callAtLength("removing backups from " + folder, LIMIT, s -> {
            if (there(s).isEmpty()) {
                return false;
            }
            delete(s);
            for (String torn : there(s)) {
                String separator = folder.startsWith("/") ? "/" : "\\";
                SqlQuery.run(
                        s,
                        "BACKUP DATABASE [model] TO DISK = ? WITH COPY_ONLY, CHECKSUM, FORMAT",
                        folder + separator + torn);
            }
            if (!there(s).isEmpty()) {
                delete(s);
            }
            return true;
        });
    }

    private void delete(Statement s) throws SQLException {
        SqlQuery.run(s, DELETE, folder, extension, ANY_TIME);
    }
}
