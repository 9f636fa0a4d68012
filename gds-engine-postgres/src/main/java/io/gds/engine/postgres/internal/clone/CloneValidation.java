package io.gds.engine.postgres.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks whether a patched clone is well: version, checksums, extensions, a sample of indexes, the owner's queries. */
public final class CloneValidation {
    private static final int INDEXES = 200;

    private final PostgresEngine engine;
    private final String member;
    private final EngineVersion version;

    /**
     * Checks of a clone.
     *
     * @param member its only member
     * @param version what must run
     */
    public CloneValidation(PostgresEngine engine, String member, EngineVersion version) {
        this.engine = engine;
        this.member = member;
        this.version = version;
    }

    /** What is not in order. */
    public List<Finding> findings(List<String> smokeQueries) {
        List<Finding> out = new ArrayList<>();
        running(out);
        rows(
                out,
                "PG-CLONE-CHECKSUM",
                "SELECT format('%s: %s', datname, checksum_failures) AS what FROM pg_stat_database"
                        + " WHERE checksum_failures > 0",
                "no checksum failures");
        rows(
                out,
                "PG-CLONE-EXTENSION",
                "SELECT format('%s %s has no files in this version', extname, extversion) AS what FROM"
                        + " pg_extension e WHERE NOT EXISTS (SELECT 1 FROM pg_available_extensions a WHERE a.name = e.extname)",
                "files of every installed extension");
        indexes(out);
        smokeQueries.forEach(q -> smoke(q, out));
        return out;
    }

    private void running(List<Finding> out) {
        String runs = engine.connections()
                .onMember(member, s -> s.one("SELECT current_setting('server_version') AS v", r -> r.text("v")));
        if (!EngineVersion.parse(runs.split(" ", 2)[0]).sameRelease(version)) {
            out.add(finding("PG-CLONE-VERSION", "runs " + runs, version.toString()));
        }
    }

    private void rows(List<Finding> out, String id, String sql, String expected) {
        List<String> rows = engine.connections().onMember(member, s -> s.query(sql, r -> r.text("what")));
        if (!rows.isEmpty()) {
            out.add(finding(id, String.join("; ", rows), expected));
        }
    }

    /** A sample of btree indexes by amcheck; it is the clone, so the extension may be created. */
    private void indexes(List<Finding> out) {
        List<String> there = engine.connections()
                .onMember(
                        member,
                        s -> s.query(
                                "SELECT name::text AS what FROM pg_available_extensions WHERE name = 'amcheck'",
                                r -> r.text("what")));
        if (there.isEmpty()) {
            out.add(Finding.warn(
                    "PG-CLONE-NO-AMCHECK",
                    member,
                    "extension amcheck is not installed",
                    "a check of indexes",
                    "install the contrib package to have indexes checked."));
            return;
        }
        engine.connections().onMember(member, s -> {
            s.execute(SqlText.of("CREATE EXTENSION IF NOT EXISTS amcheck"));
            List<Long> sample = s.query(
                    "SELECT c.oid::bigint AS id FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_index i ON i.indexrelid"
                            + " = c.oid WHERE a.amname = 'btree' AND c.relpersistence <> 't' AND i.indisvalid ORDER BY"
                            + " pg_relation_size(c.oid) DESC LIMIT ?",
                    r -> r.number("id"),
                    INDEXES);
            for (Long id : sample) {
                try {
                    s.query("SELECT bt_index_check(?::oid)::text AS ok", r -> r.text("ok"), id);
                } catch (SQLException e) {
                    out.add(finding("PG-CLONE-INDEX", "index " + id + ": " + e.getMessage(), "an index in order"));
                }
            }
            return member;
        });
    }

    private void smoke(String query, List<Finding> out) {
        try {
            engine.connections().onMember(member, s -> {
                s.execute(SqlText.of("SET default_transaction_read_only = on"));
                s.execute(SqlText.fromCatalog(query));
                s.execute(SqlText.of("RESET default_transaction_read_only"));
                return query;
            });
        } catch (GdsDatabaseException e) {
            out.add(finding("PG-CLONE-SMOKE", query + ": " + e.getMessage(), "success"));
        }
    }

    private static Finding finding(String id, String observed, String expected) {
        return Finding.block(
                id, "clone", observed, expected, "find out what the new version does differently before patching.");
    }
}
