package io.gds.engine.postgres.internal.dump;

import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements that make what must be there before rows are loaded, in an order in which they can run. */
final class Definitions {
    private static final String SCHEMAS =
            "SELECT 'CREATE SCHEMA ' || CASE WHEN nspname = 'public' THEN 'IF NOT EXISTS ' ELSE ''"
                    + " END || quote_ident(nspname) AS sql FROM pg_namespace n WHERE " + Catalog.USER_SCHEMA + " AND "
                    + Catalog.notOfExtension("pg_namespace", "n.oid") + " ORDER BY nspname";

    private static final String EXTENSIONS =
            "SELECT 'CREATE EXTENSION IF NOT EXISTS ' || quote_ident(extname) || ' WITH SCHEMA ' || quote_ident(nspname) AS sql"
                    + " FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace ORDER BY e.oid";

    private static final String DEFAULTS =
            """
            SELECT 'ALTER TABLE ' || c.oid::regclass || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET DEFAULT '
                   || pg_get_expr(d.adbin, d.adrelid) AS sql
              FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
              JOIN pg_class c ON c.oid = d.adrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE %s AND %s AND a.attgenerated = '' AND c.relkind IN ('r', 'v') ORDER BY c.oid, d.adnum
            """
                    .formatted(Catalog.USER_SCHEMA, Catalog.notOfExtension("pg_class", "c.oid"));

    private static final String COLUMNS =
            """
            SELECT 'ALTER TABLE ' || c.oid::regclass || ' ALTER COLUMN ' || quote_ident(a.attname) || v.change AS sql
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_type t ON t.oid = a.atttypid,
                   LATERAL (VALUES
                     (CASE WHEN a.attstattarget >= 0 THEN ' SET STATISTICS ' || a.attstattarget END),
                     (CASE WHEN a.attstorage <> t.typstorage THEN ' SET STORAGE ' || CASE a.attstorage
                        WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
                     (CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN ' SET COMPRESSION pglz'
                        WHEN 'l' THEN ' SET COMPRESSION lz4' END),
                     (' SET (' || %s || ')')) AS v(change)
             WHERE %s AND %s AND c.relkind IN ('r', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND v.change IS NOT NULL
             ORDER BY c.oid, a.attnum
            """
                    .formatted(
                            Catalog.options("a.attoptions", ""),
                            Catalog.USER_SCHEMA,
                            Catalog.notOfExtension("pg_class", "c.oid"));

    private Definitions() {}

    static List<String> read(Session s) throws SQLException {
        List<String> all = new ArrayList<>();
        all.addAll(s.query(SCHEMAS, row -> row.text("sql")));
        all.addAll(s.query(EXTENSIONS, row -> row.text("sql")));
        all.addAll(objects(s));
        all.addAll(s.query(COLUMNS, row -> row.text("sql")));
        all.addAll(s.query(DEFAULTS, row -> row.text("sql")));
        return all;
    }

    private static List<String> objects(Session s) throws SQLException {
        Map<String, String> statements = new LinkedHashMap<>();
        for (String query : ObjectQueries.ALL) {
            s.query(query, row -> Map.entry(row.text("key"), row.text("sql")))
                    .forEach(e -> statements.put(e.getKey(), e.getValue()));
        }
        return DependencyOrder.read(s, statements.keySet()).stream()
                .map(key -> statements.getOrDefault(key, ""))
                .toList();
    }
}
