package io.gds.engine.postgres.internal;

import io.gds.engine.postgres.internal.sql.SqlText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in a database, as information that our dump does not use for itself. */
final class Fingerprint {
    private static final List<String> FACTS = List.of(
            "SELECT 'column ' || table_schema || '.' || table_name || '.' || column_name AS k, concat_ws('|', ordinal_position,"
                    + " column_default, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale,"
                    + " collation_name, udt_name, is_identity, identity_generation, identity_start, is_generated,"
                    + " generation_expression) AS v FROM information_schema.columns WHERE table_schema !~ '^(pg_|information_schema)'",
            "SELECT 'constraint ' || conname || ' on ' || conrelid::regclass AS k, concat(pg_get_constraintdef(oid), convalidated) AS v"
                    + " FROM pg_constraint WHERE conrelid >= 16384",
            "SELECT 'index ' || indexrelid::regclass AS k, pg_get_indexdef(indexrelid) AS v FROM pg_index WHERE indexrelid >= 16384"
                    + " AND indrelid NOT IN (SELECT reltoastrelid FROM pg_class)",
            "SELECT 'trigger ' || tgname || ' on ' || tgrelid::regclass AS k, concat(pg_get_triggerdef(oid), tgenabled) AS v"
                    + " FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT 'view ' || schemaname || '.' || viewname AS k, concat(definition, viewowner) AS v FROM pg_views WHERE schemaname = 'shop'",
            "SELECT 'matview ' || schemaname || '.' || matviewname AS k, concat(definition, ispopulated) AS v FROM pg_matviews",
            "SELECT 'sequence ' || schemaname || '.' || sequencename AS k, concat_ws('|', sequenceowner, data_type, start_value,"
                    + " min_value, max_value, increment_by, cycle, cache_size, last_value) AS v FROM pg_sequences",
            "SELECT 'routine ' || oid::regprocedure AS k, pg_get_functiondef(oid) || coalesce(proacl::text, '') AS v FROM pg_proc"
                    + " WHERE pronamespace = 'shop'::regnamespace",
            "SELECT 'type ' || oid::regtype AS k, concat_ws('|', typtype, typnotnull, typdefault,"
                    + " (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)) AS v"
                    + " FROM pg_type t WHERE typnamespace = 'shop'::regnamespace",
            "SELECT 'grants ' || oid::regclass AS k, concat((SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(relacl) x),"
                    + " pg_get_userbyid(relowner), reloptions, relpersistence, relreplident) AS v"
                    + " FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND relkind IN ('r', 'v', 'm', 'S')",
            "SELECT 'comment ' || o.type || ' ' || o.identity AS k, description AS v FROM pg_description d,"
                    + " LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o WHERE objoid >= 16384",
            "SELECT 'schema ' || nspname AS k, (SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(nspacl) x) AS v"
                    + " FROM pg_namespace WHERE nspname !~ '^pg_'",
            "SELECT 'extension ' || extname AS k, concat(extversion, extnamespace::regnamespace) AS v FROM pg_extension",
            "SELECT 'statistics ' || stxname AS k, pg_get_statisticsobjdef(oid) AS v FROM pg_statistic_ext");

    private Fingerprint() {}

    static Map<String, String> of(PostgresEngine engine, String database) {
        Map<String, String> all = new TreeMap<>();
        engine.connections().onPrimary(database, s -> {
            // The same text for the same value, whatever the database's defaults.
            s.execute(SqlText.of("SET IntervalStyle = 'postgres'; SET DateStyle = 'ISO'"));
            for (String sql : FACTS) {
                s.query(sql, row -> all.put(row.text("k"), row.text("v")));
            }
            for (String table : s.query(
                    "SELECT oid::regclass::text AS t FROM pg_class WHERE relkind IN ('r', 'm', 'v') AND relispopulated"
                            + " AND relnamespace = 'shop'::regnamespace",
                    row -> row.text("t"))) {
                SqlText rows = SqlText.fromCatalog(
                        "SELECT count(*) || ':' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS v FROM "
                                + table + " t");
                s.query(rows, row -> all.put("rows of " + table, row.text("v")));
            }
            return true;
        });
        return all;
    }
}
