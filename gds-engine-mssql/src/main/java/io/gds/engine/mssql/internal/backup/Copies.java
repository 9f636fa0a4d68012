package io.gds.engine.mssql.internal.backup;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Cancellation;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.nio.file.Path;

/**
 * Restores backups as databases of their own, that only administrators may use and that do nothing by themselves: no messages are
 * delivered, and nothing outside of them trusts them. No database that is there is ever written over.
 *
 * <p>Source: RESTORE Arguments (RESTRICTED_USER; Service Broker is off unless ENABLE_BROKER or NEW_BROKER is asked for), TRUSTWORTHY
 * database property.
 */
public final class Copies {
    private final SqlAccess access;

    /** Copies on an instance. */
    public Copies(SqlAccess access) {
        this.access = access;
    }

    /**
     * Whose backup a file holds, as this server reads it.
     *
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DAMAGED} when it is no whole backup, or this server cannot open it
     */
    public String databaseOf(Path directory, String name) {
        return access.call("reading backup " + name, s -> BackupHeader.of(
                        s, ServerFolder.of(s, directory).file(name))
                .database());
    }

    /**
     * Restores one.
     *
     * @param directory as the server sees it
     * @param stem what the names of its files begin with
     * @param cancellation may break it off; the database cannot be used then, and has to be dropped
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DAMAGED} before anything is made, {@code MSSQL-3154} when there is a
     *     database of that name
     */
    public void restore(SqlName database, Path directory, String name, String stem, Cancellation cancellation) {
        access.callAtLength("restoring database " + database.plain(), Backups.LIMIT, cancellation, s -> {
            String file = ServerFolder.of(s, directory).file(name);
            SqlQuery.run(
                    s,
                    "RESTORE DATABASE " + database.quoted() + " FROM DISK = ? WITH RESTRICTED_USER, CHECKSUM"
                            + FileMoves.anew(s, file, stem),
                    file);
            SqlQuery.run(s, "ALTER DATABASE " + database.quoted() + " SET TRUSTWORTHY OFF");
            return true;
        });
    }
}
