package io.gds.engine.postgres.internal.dump;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.sql.Session;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Loads what {@link OwnDump} wrote, in one transaction: all of it, or the database stays empty. */
final class OwnRestore {
    private static final int MAJOR = 10000;

    private final Session session;
    private final DumpDirectory directory;
    private final Manifest manifest;

    OwnRestore(Session session, DumpDirectory directory, Manifest manifest) {
        this.session = session;
        this.directory = directory;
        this.manifest = manifest;
    }

    void load() throws SQLException {
        directory.requireIntact(manifest);
        requireVersion();
        requireRoles();
        session.execute(SqlText.of("BEGIN"));
        session.execute(OwnDump.SESSION);
        run(OwnDump.BEFORE);
        for (Manifest.Table table : manifest.tables()) {
            fill(table);
        }
        run(OwnDump.AFTER);
        session.execute(SqlText.of("COMMIT"));
    }

    private void requireVersion() throws SQLException {
        int here = session.serverVersion();
        if (here / MAJOR < manifest.serverVersion() / MAJOR) {
            throw GdsDatabaseException.user("GDS-BACKUP-VERSION")
                    .message("the backup is of major version " + manifest.serverVersion() / MAJOR + ", this server is "
                            + here / MAJOR + ".")
                    .remedy("restore it into that version or a later one.")
                    .build();
        }
    }

    private void requireRoles() throws SQLException {
        List<String> there = session.query("SELECT rolname FROM pg_roles", row -> row.text("rolname"));
        List<String> missing = new ArrayList<>(manifest.roles());
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw GdsDatabaseException.user("GDS-BACKUP-ROLES")
                    .message("roles that own or may use what is in the backup are missing: "
                            + String.join(", ", missing) + ".")
                    .remedy("create these roles first.")
                    .build();
        }
    }

    private void run(String file) throws SQLException {
        for (String statement : directory.read(file).split(Pattern.quote(manifest.boundary()), -1)) {
            if (!statement.isBlank()) {
                session.execute(SqlText.fromCatalog(statement));
            }
        }
    }

    private void fill(Manifest.Table table) throws SQLException {
        long rows;
        try (InputStream in = Files.newInputStream(directory.file(table.file()))) {
            rows = session.copies().copyIn("COPY " + table.copy() + " FROM STDIN (ENCODING 'UTF8')", in);
        } catch (IOException e) {
            throw directory.failed("read", e);
        }
        if (rows != table.rows()) {
            throw GdsDatabaseException.engine("GDS-RESTORE-ROWS")
                    .message(
                            "table " + table.copy() + ": " + rows + " rows were loaded, expected " + table.rows() + ".")
                    .remedy("use another backup; nothing of this one was kept.")
                    .build();
        }
    }
}
