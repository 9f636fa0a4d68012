package io.gds.engine.postgres.internal.dump;

import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.List;

/** Who owns what and who may do what. */
final class Ownership {
    /** Objects with catalog, oid, owner, privileges and the word that GRANT wants; the public schema only when it was changed. */
    private static final String OBJECTS =
            """
            WITH objects AS (
              SELECT 'pg_namespace'::regclass AS class, n.oid, n.nspowner AS owner, n.nspacl AS acl, 'SCHEMA' AS word
                FROM pg_namespace n LEFT JOIN pg_init_privs i ON i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid
               WHERE %1$s AND %2$s AND (n.oid >= 16384 OR n.nspacl IS DISTINCT FROM i.initprivs
                  OR pg_get_userbyid(n.nspowner) <> 'pg_database_owner' AND n.nspowner <> 10)
              UNION ALL
              SELECT 'pg_class', c.oid, c.relowner, c.relacl, CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE c.relkind IN ('r', 'v', 'm', 'S') AND %1$s AND %3$s
                 AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_class'::regclass AND i.objid = c.oid
                                  AND i.deptype = 'i')
              UNION ALL
              SELECT 'pg_proc', p.oid, p.proowner, p.proacl, 'ROUTINE'
                FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prokind <> 'a' AND %1$s AND %4$s
              UNION ALL
              SELECT 'pg_type', t.oid, t.typowner, t.typacl, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END
                FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
               WHERE (t.typtype IN ('e', 'd') OR c.relkind = 'c') AND %1$s AND %5$s)
            """
                    .formatted(
                            Catalog.USER_SCHEMA,
                            Catalog.notOfExtension("pg_namespace", "n.oid"),
                            Catalog.notOfExtension("pg_class", "c.oid"),
                            Catalog.notOfExtension("pg_proc", "p.oid"),
                            Catalog.notOfExtension("pg_type", "t.oid"));

    private static final String OWNERS = OBJECTS
            + """
            SELECT 'ALTER ' || CASE o.word WHEN 'DOMAIN' THEN 'DOMAIN' ELSE upper(i.type) END || ' ' || i.identity || ' OWNER TO '
                   || quote_ident(pg_get_userbyid(o.owner)) AS sql
              FROM objects o, LATERAL pg_identify_object(o.class, o.oid, 0) i ORDER BY o.class, o.oid
            """;

    /** First nobody but the owner's usual rights, then exactly what is listed. */
    private static final String GRANTS = OBJECTS
            + """
            SELECT g.sql FROM objects o, LATERAL pg_identify_object(o.class, o.oid, 0) i,
                   LATERAL (
                     SELECT 0 AS rank, 'REVOKE ALL ON ' || o.word || ' ' || i.identity || ' FROM PUBLIC, '
                            || quote_ident(pg_get_userbyid(o.owner)) AS sql
                     UNION ALL
                     SELECT 1, 'GRANT ' || x.privilege_type || ' ON ' || o.word || ' ' || i.identity || ' TO '
                            || CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END
                            || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
                       FROM aclexplode(o.acl) x) g
             WHERE o.acl IS NOT NULL ORDER BY o.class, o.oid, g.rank, g.sql
            """;

    private static final String ROLES = OBJECTS
            + """
            SELECT DISTINCT pg_get_userbyid(r.role) AS role FROM (
              SELECT owner AS role FROM objects
              UNION SELECT x.grantee FROM objects o, LATERAL aclexplode(o.acl) x WHERE x.grantee <> 0) r ORDER BY 1
            """;

    private Ownership() {}

    static List<String> owners(Session s) throws SQLException {
        return s.query(OWNERS, row -> row.text("sql"));
    }

    static List<String> grants(Session s) throws SQLException {
        return s.query(GRANTS, row -> row.text("sql"));
    }

    /** Every role that must be there for the statements above. */
    static List<String> roles(Session s) throws SQLException {
        return s.query(ROLES, row -> row.text("role"));
    }
}
