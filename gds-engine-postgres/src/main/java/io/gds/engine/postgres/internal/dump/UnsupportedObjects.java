package io.gds.engine.postgres.internal.dump;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds what a dump of ours would lose. */
final class UnsupportedObjects {
    private static final int SHOWN = 50;
    private static final int V18 = 180000;

    /** Whole catalogs: whatever a user made in them is outside the subset. */
    private static final List<String> CATALOGS = List.of(
            "pg_foreign_data_wrapper",
            "pg_foreign_server",
            "pg_user_mapping",
            "pg_policy",
            "pg_publication",
            "pg_event_trigger",
            "pg_operator",
            "pg_opclass",
            "pg_opfamily",
            "pg_cast",
            "pg_conversion",
            "pg_collation",
            "pg_ts_config",
            "pg_ts_dict",
            "pg_ts_parser",
            "pg_ts_template",
            "pg_language",
            "pg_am",
            "pg_transform",
            "pg_default_acl");

    private static final String RELATIONS =
            """
            SELECT CASE WHEN c.relkind = 'p' OR c.relispartition THEN 'partitioning of'
                        WHEN c.relkind = 'f' THEN 'foreign table'
                        WHEN EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)) THEN 'inheritance of'
                        WHEN c.relrowsecurity THEN 'row security of'
                        WHEN c.reloftype <> 0 THEN 'typed table'
                        WHEN c.reltablespace <> 0 THEN 'tablespace of'
                        WHEN am.amname <> 'heap' THEN 'access method of'
                        ELSE 'column privileges of' END || ' ' || c.oid::regclass AS object
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am am ON am.oid = c.relam
             WHERE %s AND c.relkind IN ('r', 'p', 'f', 'm', 'v') AND %s
               AND (c.relkind IN ('p', 'f') OR c.relispartition OR c.relrowsecurity OR c.reloftype <> 0 OR c.reltablespace <> 0
                    OR (c.relkind IN ('r', 'm') AND am.amname <> 'heap')
                    OR EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))
                    OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL AND a.attnum > 0))
            """
                    .formatted(Catalog.USER_SCHEMA, Catalog.notOfExtension("pg_class", "c.oid"));

    private static final String OTHERS =
            """
            SELECT pg_describe_object('pg_rewrite'::regclass, r.oid, 0) AS object
              FROM pg_rewrite r WHERE r.oid >= 16384 AND r.rulename <> '_RETURN' AND %s
            UNION ALL
            SELECT pg_describe_object('pg_type'::regclass, t.oid, 0) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
             WHERE %s AND %s AND t.typtype NOT IN ('e', 'd', 'c')
               AND NOT EXISTS (SELECT FROM pg_type el WHERE el.typarray = t.oid)
            UNION ALL
            SELECT pg_describe_object('pg_proc'::regclass, p.oid, 0)
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
             WHERE %s AND %s AND (p.prokind = 'a' OR l.lanname IN ('c', 'internal'))
               AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
            UNION ALL
            SELECT 'unchecked constraint of ' || contypid::regtype FROM pg_constraint WHERE contypid >= 16384 AND NOT convalidated
            UNION ALL
            SELECT DISTINCT 'privileges that not the owner granted on ' || pg_describe_object(o.class, o.oid, 0)
              FROM (SELECT 'pg_class'::regclass AS class, oid, relowner AS owner, relacl AS acl FROM pg_class
                    UNION ALL SELECT 'pg_proc', oid, proowner, proacl FROM pg_proc
                    UNION ALL SELECT 'pg_type', oid, typowner, typacl FROM pg_type
                    UNION ALL SELECT 'pg_namespace', oid, nspowner, nspacl FROM pg_namespace) o, aclexplode(o.acl) x
             WHERE o.oid >= 16384 AND x.grantor <> o.owner
            UNION ALL
            SELECT 'large object ' || oid FROM pg_largeobject_metadata
            UNION ALL
            SELECT 'subscription ' || s.subname FROM pg_subscription s
             WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            UNION ALL
            SELECT 'security label of ' || pg_describe_object(classoid, objoid, objsubid) FROM pg_seclabel
            UNION ALL
            SELECT 'invalid index ' || indexrelid::regclass FROM pg_index WHERE indexrelid >= 16384 AND NOT indisvalid
            UNION ALL
            SELECT 'index in a tablespace ' || c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE %s AND c.relkind = 'i' AND c.reltablespace <> 0
            UNION ALL
            SELECT 'changed privileges of ' || pg_describe_object(d.classid, d.objid, 0)
              FROM pg_depend d LEFT JOIN pg_init_privs i ON i.classoid = d.classid AND i.objoid = d.objid AND i.objsubid = 0
              LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
              LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
             WHERE d.deptype = 'e' AND coalesce(c.relacl, p.proacl) IS DISTINCT FROM i.initprivs
               AND d.classid IN ('pg_class'::regclass, 'pg_proc'::regclass)
            """
                    .formatted(
                            Catalog.notOfExtension("pg_rewrite", "r.oid"),
                            Catalog.USER_SCHEMA,
                            Catalog.notOfExtension("pg_type", "t.oid"),
                            Catalog.USER_SCHEMA,
                            Catalog.notOfExtension("pg_proc", "p.oid"),
                            Catalog.USER_SCHEMA);

    private static final String CONFIGURATION_TABLES =
            "SELECT 'rows in ' || t::regclass || ' of extension ' || quote_ident(extname) AS object, t::regclass::text AS name"
                    + " FROM pg_extension, unnest(extconfig) t WHERE EXISTS (SELECT FROM pg_class WHERE oid = t AND relkind = 'r')";

    private static final String UNCHECKED_NOT_NULL =
            "SELECT 'unchecked NOT NULL of ' || conrelid::regclass AS object FROM pg_constraint"
                    + " WHERE contype = 'n' AND conrelid >= 16384 AND NOT convalidated";

    private UnsupportedObjects() {}

    /** Refuses, naming every object; does nothing when there is none. */
    static void refuse(String database, List<String> found) {
        if (found.isEmpty()) {
            return;
        }
        List<String> shown = found.subList(0, Math.min(SHOWN, found.size()));
        String more = found.size() > SHOWN ? ", and " + (found.size() - SHOWN) + " more" : "";
        throw GdsDatabaseException.user("GDS-BACKUP-UNSUPPORTED-OBJECTS")
                .message("database \"" + database + "\" holds " + found.size()
                        + " object(s) that a backup without pg_dump does not carry: " + String.join(", ", shown) + more
                        + ".")
                .remedy("make a pg_dump of the server's major version or later available to the shell.")
                .build();
    }

    static List<String> find(Session s) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String catalog : CATALOGS) {
            found.addAll(s.query(ofCatalog(catalog), row -> row.text("object")));
        }
        found.addAll(s.query(RELATIONS, row -> row.text("object")));
        found.addAll(s.query(OTHERS, row -> row.text("object")));
        if (s.serverVersion() >= V18) {
            found.addAll(s.query(UNCHECKED_NOT_NULL, row -> row.text("object")));
        }
        record Table(String object, String name) {}
        for (Table t : s.query(CONFIGURATION_TABLES, row -> new Table(row.text("object"), row.text("name")))) {
            String any = "SELECT 1 AS one FROM " + t.name() + " LIMIT 1";
            if (!s.query(io.gds.engine.postgres.internal.sql.SqlText.fromCatalog(any), row -> true)
                    .isEmpty()) {
                found.add(t.object());
            }
        }
        return found;
    }

    private static String ofCatalog(String catalog) {
        return "SELECT pg_describe_object('" + catalog + "'::regclass, x.oid, 0) AS object FROM " + catalog
                + " x WHERE x.oid >= " + Catalog.FIRST_NORMAL_OID + " AND " + Catalog.notOfExtension(catalog, "x.oid");
    }
}
