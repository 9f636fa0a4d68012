package io.gds.engine.mssql.internal.backup;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a backup says of itself.
 *
 * @param database whose it is
 * @param major the first number of the version of the server that made it
 * @param checksums whether it has any
 */
record BackupHeader(String database, long major, boolean checksums) {
    private static final int WHOLE_DATABASE = 1;
    private static final String MAJOR = "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version";

    /**
     * Reads it, and all of the backup with it, so that nothing is put in anything's place that cannot be read to its end.
     *
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DAMAGED} when it is no whole backup of a database, and
     *     {@code GDS-BACKUP-VERSION} when a newer server made it
     */
    static BackupHeader verified(Statement s, String file) throws SQLException {
        return opened(s, file, true);
    }

    /**
     * Reads it and no more of the backup.
     *
     * @throws GdsDatabaseException as {@link #verified}
     */
    static BackupHeader of(Statement s, String file) throws SQLException {
        return opened(s, file, false);
    }

    private static BackupHeader opened(Statement s, String file, boolean toItsEnd) throws SQLException {
        try {
            BackupHeader header = read(s, file);
            String version =
                    SqlQuery.first(s, MAJOR, row -> row.text("version")).orElse("0.");
            if (header.major > Long.parseLong(version.substring(0, version.indexOf('.')))) {
                throw GdsDatabaseException.user("GDS-BACKUP-VERSION")
                        .message(file + " was made by a server of version " + header.major + ", this one is " + version
                                + ".")
                        .remedy("restore it on a server that is not older.")
                        .build();
            }
            if (toItsEnd) {
                SqlQuery.run(s, "RESTORE VERIFYONLY FROM DISK = ?" + (header.checksums ? " WITH CHECKSUM" : ""), file);
            }
            return header;
        } catch (SQLException e) {
            if (SqlErrors.isConnection(e)) {
                throw e;
            }
            throw GdsDatabaseException.user("GDS-BACKUP-DAMAGED")
                    .message(file + ": error " + SqlErrors.number(e) + ", " + e.getMessage())
                    .remedy("name a folder of the server's with a whole backup in it; nothing was changed.")
                    .cause(e)
                    .build();
        }
    }

    private static BackupHeader read(Statement s, String file) throws SQLException {
        List<BackupHeader> whole = SqlQuery.rows(
                s,
                "RESTORE HEADERONLY FROM DISK = ?",
                row -> new BackupHeader(
                        row.number("BackupType").orElse(0) == WHOLE_DATABASE ? row.text("DatabaseName") : "",
                        row.number("SoftwareVersionMajor").orElse(0),
                        row.flag("HasBackupChecksums")),
                file);
        if (whole.size() != 1 || whole.get(0).database.isEmpty()) {
            throw GdsDatabaseException.user("GDS-BACKUP-DAMAGED")
                    .message(file + " holds " + whole.size() + " backups, expected one of a whole database.")
                    .remedy("name a folder that backup() has written.")
                    .build();
        }
        return whole.get(0);
    }
}
