package io.gds.engine.postgres.internal.clone;

import io.gds.engine.postgres.internal.control.Lsn;
import io.gds.engine.postgres.internal.sql.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The low-level backup of one server: start, copy, stop, and the log between, all in one session. */
final class BaseBackup {
    private final Session session;
    private final Path target;

    BaseBackup(Session session, Path target) {
        this.session = session;
        this.target = target;
    }

    void take() throws SQLException, IOException {
        boolean renamed = session.serverVersion() >= 150000;
        // a slot of this session keeps the log that the copy will need, however long it takes, and goes with the
        // session
        session.one(
                "SELECT slot_name::text AS s FROM pg_create_physical_replication_slot('gds_clone_' || pg_backend_pid(), true,"
                        + " true)",
                r -> r.text("s"));
        Lsn start = Lsn.parse(
                renamed
                        ? session.one("SELECT pg_backup_start('gds clone', true)::text AS lsn", r -> r.text("lsn"))
                        : session.one(
                                "SELECT pg_start_backup('gds clone', true, false)::text AS lsn", r -> r.text("lsn")));
        CloneFiles files = new CloneFiles(session, target);
        files.copyAll();
        String[] stop = renamed
                ? session.one("SELECT lsn::text AS lsn, labelfile FROM pg_backup_stop(false)", r ->
                        new String[] {r.text("lsn"), r.text("labelfile")})
                : session.one("SELECT lsn::text AS lsn, labelfile FROM pg_stop_backup(false, false)", r ->
                        new String[] {r.text("lsn"), r.text("labelfile")});
        Files.writeString(target.resolve("backup_label"), stop[1]);
        Files.createDirectories(target.resolve("pg_wal/archive_status"));
        Files.createDirectories(target.resolve("pg_wal/summaries"));
        for (String segment : segments(start, Lsn.parse(stop[0]))) {
            files.file("pg_wal/" + segment);
        }
    }

    private List<String> segments(Lsn from, Lsn to) throws SQLException {
        return session.query(
                "SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name >= pg_walfile_name(?::pg_lsn) AND name"
                        + " <= pg_walfile_name(?::pg_lsn) ORDER BY name",
                r -> r.text("name"),
                from.toString(),
                to.toString());
    }
}
