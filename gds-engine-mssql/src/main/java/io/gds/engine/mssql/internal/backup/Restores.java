package io.gds.engine.mssql.internal.backup;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Puts a backup in the place of an empty database. The backup is read to its end before anything is changed, and the database is
 * checked afterwards.
 *
 * <p>Source: RESTORE, RESTORE VERIFYONLY, DBCC CHECKDB (Transact-SQL).
 */
public final class Restores {
    private final SqlAccess access;

    /** Restores into the databases of an instance. */
    public Restores(SqlAccess access) {
        this.access = access;
    }

    /**
     * Restores.
     *
     * @param directory as the server sees it
     * @return what was restored, for people
     * @throws GdsDatabaseException with code {@code GDS-RESTORE-NOT-EMPTY} when the database has objects, {@code GDS-BACKUP-DAMAGED} or
     *     {@code GDS-BACKUP-VERSION} before anything is changed; with code {@code MSSQL-CHECKDB} when the restored database is not sound;
     *     {@code MSSQL-3101} when somebody is in the database
     */
    public String restore(SqlName database, Path directory) {
        String what = "restoring database " + database.plain();
        String from = access.callAtLength(what, Backups.LIMIT, s -> {
            String file = ServerFolder.of(s, directory).file(Backups.FILE);
            requireEmpty(s, database);
            BackupHeader header = BackupHeader.verified(s, file);
            String moves = FileMoves.of(s, database, file);
            SqlQuery.run(
                    s,
                    "RESTORE DATABASE " + database.quoted() + " FROM DISK = ? WITH REPLACE"
                            + (header.checksums() ? ", CHECKSUM" : "") + moves,
                    file);
            return file + ", a backup of " + header.database();
        });
        List<Finding> findings = new DatabaseCheck(access).of(database);
        if (!findings.isEmpty()) {
            throw GdsDatabaseException.engine("MSSQL-CHECKDB")
                    .message(from + " was restored into " + database.plain()
                            + ", which DBCC CHECKDB finds not to be sound: " + findings.get(0))
                    .remedy("take another backup: what is wrong was so when this one was made.")
                    .build();
        }
        return from + "; DBCC CHECKDB found nothing wrong";
    }

    private static void requireEmpty(Statement s, SqlName database) throws SQLException {
        List<String> objects = SqlQuery.rows(
                s,
                "SELECT name FROM " + database.quoted() + ".sys.objects WHERE is_ms_shipped = 0 ORDER BY name",
                row -> row.text("name"));
        if (!objects.isEmpty()) {
            throw GdsDatabaseException.user("GDS-RESTORE-NOT-EMPTY")
                    .message("database " + database.plain() + " has " + objects.size() + " objects, among them "
                            + objects.get(0) + ", expected an empty one.")
                    .remedy("drop it and create it anew, or restore into another database.")
                    .build();
        }
    }
}
