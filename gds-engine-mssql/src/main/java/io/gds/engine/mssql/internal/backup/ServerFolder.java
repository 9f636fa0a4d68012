package io.gds.engine.mssql.internal.backup;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A folder as the server sees it, on its own host or on a share.
 *
 * @param path without a separator at its end
 * @param separator the server's
 */
record ServerFolder(String path, String separator) {
    private static final String WINDOWS = "[A-Za-z]:\\\\.*|\\\\\\\\[^\\\\]+\\\\.+";
    private static final String SEPARATOR = "SELECT CAST(SERVERPROPERTY('PathSeparator') AS nvarchar(4)) AS sep";
    private static final int DENIED = 229;

    /**
     * A folder of a server.
     *
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DIRECTORY} when it is not a whole path there; a part of one would be
     *     taken from wherever the server keeps its backups
     */
    static ServerFolder of(Statement s, Path directory) throws SQLException {
        // Before 2017 there was no such property, and no Linux.
        boolean linux = SqlQuery.first(s, SEPARATOR, row -> row.text("sep"))
                .filter("/"::equals)
                .isPresent();
        // Paths are this machine's in Java, and need not look like those of the server.
        String path = linux
                ? directory.toString().replace('\\', '/')
                : directory.toString().replace('/', '\\');
        String cut = path.replaceFirst("[/\\\\]+$", "");
        if (linux ? !cut.startsWith("/") : !cut.matches(WINDOWS) || cut.endsWith(":")) {
            throw refused(
                    "found \"" + path + "\", expected a whole path on the server such as "
                            + (linux ? "/var/opt/mssql/backup/shop" : "D:\\backup\\shop or \\\\files\\backup\\shop"),
                    "name a folder as the server sees it.");
        }
        return new ServerFolder(cut, linux ? "/" : "\\");
    }

    String file(String name) {
        return path + separator + name;
    }

    /** Makes it when it is not there; whoever may only make backups may not, and then it has to be there. */
    void make(Statement s) throws SQLException {
        try {
            SqlQuery.run(s, "EXEC master.dbo.xp_create_subdir ?", path);
        } catch (SQLException e) {
            if (SqlErrors.number(e) != DENIED) {
                throw e;
            }
        }
    }

    /**
     * Looks that nobody's files are in it.
     *
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DIRECTORY} when it holds anything
     */
    void requireEmpty(Statement s) throws SQLException {
        List<String> entries =
                SqlQuery.rows(s, "EXEC master.dbo.xp_dirtree ?, 1, 1", row -> row.text("subdirectory"), path);
        if (!entries.isEmpty()) {
            throw refused(
                    path + " on the server holds " + entries.get(0)
                            + (entries.size() == 1 ? "" : " and " + (entries.size() - 1) + " more")
                            + ", expected an empty folder or none",
                    "choose another folder.");
        }
    }

    private static GdsDatabaseException refused(String what, String remedy) {
        return GdsDatabaseException.user("GDS-BACKUP-DIRECTORY")
                .message("backup directory: " + what + ".")
                .remedy(remedy)
                .build();
    }
}
