package io.gds.database.core.internal.journal;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The journal's tables and their version. */
final class Schema {
    static final int VERSION = 2;

    private static final List<String> CREATE = List.of(
            "CREATE TABLE runs (id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, cluster TEXT NOT NULL,"
                    + " plan_hash TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL,"
                    + " due_at INTEGER, wait TEXT NOT NULL, epoch INTEGER NOT NULL DEFAULT 0, holder TEXT, holder_host TEXT,"
                    + " holder_pid INTEGER, holder_started INTEGER, leased_at INTEGER, lease_until INTEGER) WITHOUT ROWID",
            // apart from the rows that are listed: a plan is large, and ten thousand rows are read in one go
            "CREATE TABLE plans (run TEXT PRIMARY KEY REFERENCES runs(id), plan TEXT NOT NULL) WITHOUT ROWID",
            "CREATE INDEX runs_due ON runs(due_at) WHERE due_at IS NOT NULL",
            "CREATE INDEX runs_created ON runs(created_at)",
            "CREATE TABLE claims (name TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES runs(id), since INTEGER NOT NULL)"
                    + " WITHOUT ROWID",
            "CREATE TABLE events (run TEXT NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL, at INTEGER NOT NULL,"
                    + " type TEXT NOT NULL, step TEXT, data TEXT NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID",
            "CREATE TRIGGER events_append_only BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only');"
                    + " END",
            "CREATE TRIGGER events_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END");

    private Schema() {}

    static void open(Sqlite db, Path file) {
        db.transaction(() -> {
            int found = db.query("PRAGMA user_version", rs -> rs.getInt(1)).get(0);
            if (found > VERSION) {
                throw GdsDatabaseException.user("GDS-JOURNAL-NEWER")
                        .message("journal " + file + " has schema " + found + ", this release knows up to " + VERSION
                                + ".")
                        .remedy("use the release of the library that wrote it, or a newer one.")
                        .build();
            }
            if (found == 0) {
                CREATE.forEach(db::execute);
            }
            if (found < 2) {
                history().forEach(db::execute);
            }
            if (found < VERSION) {
                db.execute("PRAGMA user_version=" + VERSION);
            }
            return found;
        });
    }

    private static List<String> history() {
        try (InputStream in = requireNonNull(Schema.class.getResourceAsStream("history.sql"), "history.sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split(";\\R", -1))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
