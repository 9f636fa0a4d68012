package io.gds.engine.mssql.internal.backup;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Cancellation;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * Makes backups: whole ones, apart from the database's usual chain (COPY_ONLY), with checksums, compressed where the edition has it, and
 * read back once they are made.
 *
 * <p>Source: BACKUP (Transact-SQL); Editions and supported features of SQL Server, "Backup compression": not in Express and not in Web.
 */
public final class Backups {
    /** The one file of a backup: names of databases need not be names of files. */
    static final String FILE = "database.bak";
    /** Large databases take hours. */
    static final Duration LIMIT = Duration.ofHours(24);

    private static final String EDITION = "SELECT CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,"
            + " CAST(SERVERPROPERTY('EngineEdition') AS int) AS engine";
    private static final String ENCRYPTED = "SELECT is_encrypted FROM sys.databases WHERE name = ?";
    private static final int EXPRESS = 4;

    private final SqlAccess access;

    /** Backups of the databases of an instance. */
    public Backups(SqlAccess access) {
        this.access = access;
    }

    /**
     * Makes one.
     *
     * @param directory as the server sees it, empty or absent
     * @return what was made, for people
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DIRECTORY} when it is not empty or no whole path of the server's
     */
    public String backup(SqlName database, Path directory) {
        return access.callAtLength("backing up database " + database.plain(), LIMIT, s -> {
            ServerFolder folder = ServerFolder.of(s, directory);
            folder.requireEmpty(s);
            folder.make(s);
            boolean compressed = canCompress(s);
            String file = folder.file(FILE);
            SqlQuery.run(
                    s,
                    "BACKUP DATABASE " + database.quoted() + " TO DISK = ? WITH COPY_ONLY, CHECKSUM"
                            + (compressed ? ", COMPRESSION" : ""),
                    file);
            SqlQuery.run(s, "RESTORE VERIFYONLY FROM DISK = ? WITH CHECKSUM", file);
            return file + (compressed ? ", compressed" : "") + ", with checksums, and read back" + key(s, database);
        });
    }

    /**
     * Makes one in a file of a folder that others use too; what is in the file is written over.
     *
     * @param directory as the server sees it
     * @param cancellation may break it off; the file is worth nothing then
     * @return the file, as the server sees it
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DIRECTORY} when the folder is no whole path of the server's
     */
    public String backup(SqlName database, Path directory, String name, Cancellation cancellation) {
        return access.callAtLength("backing up database " + database.plain(), LIMIT, cancellation, s -> {
            String file = ServerFolder.of(s, directory).file(name);
            SqlQuery.run(
                    s,
                    "BACKUP DATABASE " + database.quoted() + " TO DISK = ? WITH COPY_ONLY, CHECKSUM, FORMAT"
                            + (canCompress(s) ? ", COMPRESSION" : ""),
                    file);
            return file;
        });
    }

    private static boolean canCompress(Statement s) throws SQLException {
        return SqlQuery.first(
                        s,
                        EDITION,
                        row -> row.number("engine").orElse(0) != EXPRESS
                                && !row.text("edition").toLowerCase(Locale.ROOT).startsWith("web"))
                .orElse(false);
    }

    /** What an encrypted database needs beside its backup. */
    private static String key(Statement s, SqlName database) throws SQLException {
        return SqlQuery.first(s, ENCRYPTED, row -> row.flag("is_encrypted"), database.plain())
                        .orElse(false)
                ? "; the database is encrypted: only a server that has its certificate can restore it"
                : "";
    }
}
