package io.gds.engine.postgres.internal.dump;

import io.gds.engine.postgres.internal.sql.Session;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Dumps the declared subset through one connection, in one snapshot.
 *
 * <p>Like pg_dump without {@code --create} it carries what is in the database, not the database's own properties: owner,
 * privileges and settings of the database itself, and roles, are not in it.
 */
final class OwnDump {
    static final String BEFORE = "1-definitions.sql";
    static final String AFTER = "2-finishing.sql";

    /** What a role or database may have set otherwise, and what would change how values are written or how long we may take. */
    static final SqlText SESSION = SqlText.of(
            """
            SET LOCAL search_path = pg_catalog;
            SET LOCAL DateStyle = 'ISO, YMD';
            SET LOCAL IntervalStyle = 'postgres';
            SET LOCAL lc_monetary = 'C';
            SET LOCAL extra_float_digits = 3;
            SET LOCAL bytea_output = 'hex';
            SET LOCAL xmloption = 'content';
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL lock_timeout = '60s';
            SET LOCAL quote_all_identifiers = off;
            SET LOCAL default_tablespace = '';
            SET LOCAL check_function_bodies = off;
            SET LOCAL row_security = off
            """);

    private static final String TABLES =
            """
            SELECT c.oid::regclass::text AS name, c.oid::regclass || ' (' || coalesce(string_agg(quote_ident(a.attname), ', '
                   ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''), '') || ')' AS copy
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE c.relkind = 'r' AND %s AND %s GROUP BY c.oid ORDER BY c.oid
            """
                    .formatted(Catalog.USER_SCHEMA, Catalog.notOfExtension("pg_class", "c.oid"));

    private final Session session;
    private final String database;
    private final DumpDirectory directory;

    OwnDump(Session session, String database, DumpDirectory directory) {
        this.session = session;
        this.database = database;
        this.directory = directory;
    }

    private record Source(String name, String copy) {}

    /** Writes everything, the manifest last. */
    Manifest write() throws SQLException {
        session.execute(SqlText.of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        session.execute(SESSION);
        List<Source> tables = lockedTables();
        UnsupportedObjects.refuse(database, UnsupportedObjects.find(session));
        List<String> before = Definitions.read(session);
        List<String> after = Finishing.read(session);
        String boundary = boundary(before, after);
        directory.create();
        directory.write(BEFORE, String.join(boundary, before));
        directory.write(AFTER, String.join(boundary, after));
        List<Manifest.Table> copied = new ArrayList<>();
        for (Source table : tables) {
            copied.add(copy(table, copied.size() + 1));
        }
        Manifest manifest = new Manifest(
                Manifest.OWN,
                database,
                session.serverVersion(),
                session.one(
                        "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS t",
                        r -> r.text("t")),
                boundary,
                Ownership.roles(session),
                copied);
        session.execute(SqlText.of("COMMIT"));
        directory.write(Manifest.FILE, manifest.toJson());
        return manifest;
    }

    /** Locked, since the server prints definitions as they are now and not as of the snapshot. */
    private List<Source> lockedTables() throws SQLException {
        List<Source> tables = session.query(TABLES, row -> new Source(row.text("name"), row.text("copy")));
        for (Source table : tables) {
            session.execute(SqlText.of("LOCK TABLE {} IN ACCESS SHARE MODE", SqlText.fromCatalog(table.name())));
        }
        return tables;
    }

    private Manifest.Table copy(Source table, int number) throws SQLException {
        String file = "%05d.copy".formatted(number);
        MessageDigest digest = DumpDirectory.sha256();
        // A table of generated columns only has rows, but nothing to copy.
        String columns = table.copy().endsWith(" ()") ? table.name() : table.copy();
        try (OutputStream out = directory.open(file);
                DigestOutputStream through = new DigestOutputStream(out, digest)) {
            long rows = session.copies().copyOut("COPY " + columns + " TO STDOUT (ENCODING 'UTF8')", through);
            through.flush();
            return new Manifest.Table(
                    columns,
                    file,
                    rows,
                    Files.size(directory.file(file)),
                    HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw directory.failed("write to", e);
        }
    }

    /** A line that no statement contains. */
    private static String boundary(List<String> before, List<String> after) {
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        String line = ";\n-- " + HexFormat.of().formatHex(random) + "\n";
        boolean taken = before.stream().anyMatch(t -> t.contains(line))
                || after.stream().anyMatch(t -> t.contains(line));
        return taken ? boundary(before, after) : line;
    }
}
