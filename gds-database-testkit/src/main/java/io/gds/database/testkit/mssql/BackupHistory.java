package io.gds.database.testkit.mssql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instance remembers of backups, in {@code msdb.dbo.backupset}. It goes by names of databases, and outlives them. Thread-safe.
 *
 * <p>Source: backupset (Transact-SQL). A RESTORE adds rows too, with the name of the server that made the backup.
 */
public final class BackupHistory {
    private final List<Backup> all = new ArrayList<>();

    /**
     * One backup.
     *
     * @param database the database's name then
     * @param type {@code D} for a full one, {@code I} differential, {@code L} of the log
     * @param finished when it was done
     * @param copyOnly whether it stands apart from the database's chain
     * @param damaged whether pages were found broken while it was made
     * @param server who made it; empty for this instance
     */
    public record Backup(
            String database,
            String type,
            Instant finished,
            boolean copyOnly,
            boolean damaged,
            Optional<String> server) {
        /** A full one, of this instance. */
        public static Backup full(String database, Instant finished) {
            return new Backup(database, "D", finished, false, false, Optional.empty());
        }

        /** The same, of another type. */
        public Backup type(String other) {
            return new Backup(database, other, finished, copyOnly, damaged, server);
        }

        /** The same, apart from the chain. */
        public Backup asCopy() {
            return new Backup(database, type, finished, true, damaged, server);
        }

        /** The same, with broken pages in it. */
        public Backup asDamaged() {
            return new Backup(database, type, finished, copyOnly, true, server);
        }

        /** The same, made by another server and restored here. */
        public Backup from(String other) {
            return new Backup(database, type, finished, copyOnly, damaged, Optional.of(other));
        }
    }

    BackupHistory() {}

    /** Adds a backup. */
    public synchronized BackupHistory add(Backup backup) {
        all.add(backup);
        return this;
    }

    /** Forgets everything, as sp_delete_backuphistory does. */
    public synchronized void clear() {
        all.clear();
    }

    /** The table, as an instance of a name has it. */
    synchronized Relation table(String instance) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Backup b : all) {
            rows.add(Relation.row(
                    rows.size() + 1,
                    b.server().orElse(instance),
                    b.database(),
                    b.type(),
                    Relation.time(b.finished()),
                    Relation.time(b.finished()),
                    b.copyOnly(),
                    b.damaged()));
        }
        return new Relation(
                "\"msdb.dbo\".backupset",
                List.of(
                        "backup_set_id int",
                        "server_name varchar(128)",
                        "database_name varchar(128)",
                        "type char(1)",
                        "backup_start_date timestamp(3)",
                        "backup_finish_date timestamp(3)",
                        "is_copy_only bit",
                        "is_damaged bit"),
                rows);
    }
}
