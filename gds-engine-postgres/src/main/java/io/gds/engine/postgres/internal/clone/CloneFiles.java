package io.gds.engine.postgres.internal.clone;

import io.gds.engine.postgres.internal.sql.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Copies files of a running server through a plain connection: no access to its host, no client tools. The order and the
 * completeness that make such a copy consistent are the caller's: between the start and the stop of a backup.
 */
final class CloneFiles {
    private static final int PIECE = 4 << 20;
    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "pg_internal.init",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "standby.signal",
            "recovery.signal",
            "postgresql.auto.conf.tmp",
            "current_logfiles",
            "backup_manifest");
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_stat_tmp",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_subtrans",
            "log");

    /** A file or directory of the server. */
    private record Entry(String path, boolean directory) {}

    private static final String LIST =
            "SELECT n AS name, coalesce((pg_stat_file(? || '/' || n, true)).isdir, false) AS directory"
                    + " FROM pg_ls_dir(?, true, false) AS n";

    private final Session session;
    private final Path target;

    CloneFiles(Session session, Path target) {
        this.session = session;
        this.target = target;
    }

    /** Copies everything but log and what a server makes anew at its start. */
    void copyAll() throws SQLException, IOException {
        directory(target);
        copy(".", "");
    }

    private void copy(String source, String relative) throws SQLException, IOException {
        for (Entry e : list(source)) {
            String path = relative.isEmpty() ? e.path() : relative + "/" + e.path();
            if (e.directory()) {
                directory(target.resolve(path));
                if (!EMPTIED.contains(path) && !e.path().startsWith("pgsql_tmp")) {
                    copy(source + "/" + e.path(), path);
                }
            } else if (!LEFT_OUT.contains(e.path()) && !e.path().startsWith("pgsql_tmp")) {
                file(path);
            }
        }
    }

    private List<Entry> list(String directory) throws SQLException {
        return session.query(LIST, r -> new Entry(r.text("name"), r.flag("directory")), directory, directory);
    }

    private static void directory(Path p) throws IOException {
        Files.createDirectories(p, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Copies one file piece by piece; one that vanishes meanwhile was dropped, and the log says so too. */
    void file(String path) throws SQLException, IOException {
        try (OutputStream out = Files.newOutputStream(target.resolve(path));
                PreparedStatement read =
                        session.connection().prepareStatement("SELECT pg_read_binary_file(?, ?, ?, true)")) {
            long at = 0;
            while (true) {
                read.setString(1, path);
                read.setLong(2, at);
                read.setLong(3, PIECE);
                byte[] piece = piece(read);
                out.write(piece);
                at += piece.length;
                if (piece.length < PIECE) {
                    return;
                }
            }
        }
    }

    private static byte[] piece(PreparedStatement read) throws SQLException {
        try (ResultSet rs = read.executeQuery()) {
            byte[] bytes = rs.next() ? rs.getBytes(1) : null;
            return bytes == null ? new byte[0] : bytes;
        }
    }
}
