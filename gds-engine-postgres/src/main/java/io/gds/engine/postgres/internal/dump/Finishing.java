package io.gds.engine.postgres.internal.dump;

import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that run after the rows are there. */
final class Finishing {
    private static final String IN_USER_SCHEMA =
            Catalog.USER_SCHEMA + " AND " + Catalog.notOfExtension("pg_class", "c.oid");
    private static final String OF_TABLE = " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + IN_USER_SCHEMA;

    private static final String INDEXES = "SELECT pg_get_indexdef(i.indexrelid) AS sql FROM pg_index i"
            + " JOIN pg_class c ON c.oid = i.indrelid" + OF_TABLE + " AND c.relkind IN ('r', 'm') AND NOT EXISTS"
            + " (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))"
            + " ORDER BY i.indexrelid";

    /** Foreign keys last: they need the keys they point to. */
    private static final String CONSTRAINTS = "SELECT " + Constraints.STATEMENT
            + " AS sql FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid" + OF_TABLE
            + " AND c.relkind = 'r' AND k.contype IN ('p', 'u', 'x', 'c', 'f') AND NOT (" + Constraints.NEEDED_EARLY
            + ")"
            + " ORDER BY k.contype = 'f', k.contype <> 'p', k.oid";

    private static final String INDEX_OPTIONS = "SELECT 'ALTER INDEX ' || i.indexrelid::regclass || ' SET (' || "
            + Catalog.options("x.reloptions", "")
            + " || ')' AS sql FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid"
            + " JOIN pg_class c ON c.oid = i.indrelid" + OF_TABLE + " AND x.reloptions IS NOT NULL AND EXISTS"
            + " (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))";

    private static final String TABLE_MARKS =
            "SELECT 'ALTER TABLE ' || c.oid::regclass || v.change AS sql FROM pg_class c"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL (VALUES"
                    + " (CASE c.relreplident WHEN 'f' THEN ' REPLICA IDENTITY FULL' WHEN 'n' THEN ' REPLICA IDENTITY NOTHING'"
                    + " WHEN 'i' THEN (SELECT ' REPLICA IDENTITY USING INDEX ' || quote_ident(x.relname) FROM pg_index i"
                    + " JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END),"
                    + " ((SELECT ' CLUSTER ON ' || quote_ident(x.relname) FROM pg_index i"
                    + " JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisclustered)))"
                    + " v(change) WHERE " + IN_USER_SCHEMA
                    + " AND c.relkind = 'r' AND v.change IS NOT NULL ORDER BY c.oid";

    private static final String STATISTICS = "SELECT pg_get_statisticsobjdef(x.oid) AS sql FROM pg_statistic_ext x"
            + " JOIN pg_class c ON c.oid = x.stxrelid" + OF_TABLE + " ORDER BY x.oid";

    private static final String TRIGGERS = "SELECT pg_get_triggerdef(g.oid) AS sql FROM pg_trigger g"
            + " JOIN pg_class c ON c.oid = g.tgrelid" + OF_TABLE + " AND NOT g.tgisinternal ORDER BY g.oid";

    private static final String TRIGGER_STATES = "SELECT 'ALTER TABLE ' || c.oid::regclass || CASE g.tgenabled"
            + " WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS' END || ' TRIGGER '"
            + " || quote_ident(g.tgname) AS sql FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid" + OF_TABLE
            + " AND NOT g.tgisinternal AND g.tgenabled <> 'O' ORDER BY g.oid";

    private static final String COMMENTS =
            """
            SELECT 'COMMENT ON ' || CASE
                     WHEN o.type LIKE '%% column' THEN 'COLUMN'
                     WHEN o.type LIKE '%% constraint' THEN 'CONSTRAINT'
                     WHEN o.type = 'statistics object' THEN 'STATISTICS'
                     ELSE upper(o.type) END || ' '
                   || CASE WHEN o.type = 'domain constraint' THEN regexp_replace(o.identity, ' on ', ' ON DOMAIN ') ELSE o.identity END
                   || ' IS ' || quote_literal(d.description) AS sql
              FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
             WHERE d.objoid >= 16384 AND o.type NOT IN ('extension', 'language')
               AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
             ORDER BY d.classoid, d.objoid, d.objsubid
            """
                    .replace("%%", "%");

    private static final String SEQUENCE_OWNERS =
            """
            SELECT 'ALTER SEQUENCE ' || c.oid::regclass || ' OWNED BY ' || d.refobjid::regclass || '.' || quote_ident(a.attname) AS sql
              FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a' AND %s ORDER BY c.oid
            """
                    .formatted(IN_USER_SCHEMA);

    private static final String SEQUENCES =
            "SELECT c.oid::regclass::text AS name FROM pg_class c" + OF_TABLE + " AND c.relkind = 'S' ORDER BY c.oid";

    private static final String REFRESH = "SELECT 'REFRESH MATERIALIZED VIEW ' || c.oid::regclass AS sql,"
            + " 'pg_class:' || c.oid AS key FROM pg_class c" + OF_TABLE + " AND c.relkind = 'm' AND c.relispopulated";

    private Finishing() {}

    static List<String> read(Session s) throws SQLException {
        List<String> all = new ArrayList<>();
        for (String query : List.of(CONSTRAINTS, INDEXES, INDEX_OPTIONS, TABLE_MARKS, STATISTICS)) {
            all.addAll(s.query(query, row -> row.text("sql")));
        }
        all.addAll(sequenceValues(s));
        all.addAll(Materialized.refreshes(s, REFRESH));
        for (String query : List.of(TRIGGERS, TRIGGER_STATES)) {
            all.addAll(s.query(query, row -> row.text("sql")));
        }
        all.addAll(Ownership.owners(s));
        all.addAll(s.query(SEQUENCE_OWNERS, row -> row.text("sql")));
        all.addAll(Ownership.grants(s));
        all.addAll(s.query(COMMENTS, row -> row.text("sql")));
        return all;
    }

    /** Sequences obey no snapshot: the value read is at least what the rows in the snapshot have used. */
    private static List<String> sequenceValues(Session s) throws SQLException {
        List<String> all = new ArrayList<>();
        for (String name : s.query(SEQUENCES, row -> row.text("name"))) {
            all.addAll(s.query(
                    io.gds.engine.postgres.internal.sql.SqlText.fromCatalog(
                            "SELECT last_value::text AS value, is_called FROM " + name),
                    row -> io.gds.engine.postgres.internal.sql.SqlText.of(
                                    "SELECT pg_catalog.setval({}::pg_catalog.regclass, {}::pg_catalog.int8, {}::pg_catalog.bool)",
                                    io.gds.engine.postgres.internal.sql.Literal.of(name),
                                    io.gds.engine.postgres.internal.sql.Literal.of(row.text("value")),
                                    io.gds.engine.postgres.internal.sql.Literal.of(
                                            Boolean.toString(row.flag("is_called"))))
                            .sql()));
        }
        return all;
    }
}
