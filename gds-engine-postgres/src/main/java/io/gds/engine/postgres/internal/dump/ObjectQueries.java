package io.gds.engine.postgres.internal.dump;

import java.util.List;

/** For each kind of object a query that gives its key (catalog and oid) and the statement that makes it. */
final class ObjectQueries {
    private static final String ENUMS =
            """
            SELECT 'pg_type:' || t.oid AS key, 'CREATE TYPE ' || format_type(t.oid, NULL) || ' AS ENUM ('
                   || coalesce((SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                                  FROM pg_enum e WHERE e.enumtypid = t.oid), '') || ')' AS sql
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND %s AND %s ORDER BY t.oid
            """
                    .formatted(Catalog.USER_SCHEMA, Catalog.notOfExtension("pg_type", "t.oid"));

    private static final String DOMAINS =
            """
            SELECT 'pg_type:' || t.oid AS key, 'CREATE DOMAIN ' || format_type(t.oid, NULL) || ' AS '
                   || format_type(t.typbasetype, t.typtypmod)
                   || CASE WHEN t.typcollation <> b.typcollation THEN ' COLLATE ' || t.typcollation::regcollation ELSE '' END
                   || coalesce(' DEFAULT ' || coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)), '')
                   || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
                   || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid),
                                                  '' ORDER BY c.conname)
                                  FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c' AND c.convalidated), '') AS sql
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
             WHERE t.typtype = 'd' AND %s AND %s ORDER BY t.oid
            """
                    .formatted(Catalog.USER_SCHEMA, Catalog.notOfExtension("pg_type", "t.oid"));

    private static final String COMPOSITES =
            """
            SELECT 'pg_type:' || t.oid AS key, 'CREATE TYPE ' || format_type(t.oid, NULL) || ' AS ('
                   || coalesce((SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                          || CASE WHEN a.attcollation <> ct.typcollation THEN ' COLLATE ' || a.attcollation::regcollation
                                  ELSE '' END, ', ' ORDER BY a.attnum)
                        FROM pg_attribute a JOIN pg_type ct ON ct.oid = a.atttypid
                       WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')' AS sql
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid
             WHERE t.typtype = 'c' AND c.relkind = 'c' AND %s AND %s ORDER BY t.oid
            """
                    .formatted(Catalog.USER_SCHEMA, Catalog.notOfExtension("pg_type", "t.oid"));

    private static final String SEQUENCE_OPTIONS =
            """
            'START WITH ' || q.seqstart || ' INCREMENT BY ' || q.seqincrement || ' MINVALUE ' || q.seqmin || ' MAXVALUE '
            || q.seqmax || ' CACHE ' || q.seqcache || CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END
            """;

    /** Those of identity columns come with their table. */
    private static final String SEQUENCES =
            """
            SELECT 'pg_class:' || c.oid AS key, 'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END
                   || 'SEQUENCE ' || c.oid::regclass || ' AS ' || format_type(q.seqtypid, NULL) || ' ' || %s AS sql
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence q ON q.seqrelid = c.oid
             WHERE %s AND %s AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_class'::regclass
               AND i.objid = c.oid AND i.deptype = 'i') ORDER BY c.oid
            """
                    .formatted(SEQUENCE_OPTIONS, Catalog.USER_SCHEMA, Catalog.notOfExtension("pg_class", "c.oid"));

    /** From 18 on NOT NULL has a name and may stay in its table. */
    private static final String TABLES =
            """
            SELECT 'pg_class:' || c.oid AS key, 'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || 'TABLE '
                   || c.oid::regclass || ' (' || coalesce((SELECT string_agg(quote_ident(a.attname) || ' '
                      || format_type(a.atttypid, a.atttypmod)
                      || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END
                      || CASE a.attgenerated WHEN '' THEN '' ELSE ' GENERATED ALWAYS AS ('
                           || (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                                WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)
                           || CASE a.attgenerated WHEN 's' THEN ') STORED' ELSE ') VIRTUAL' END END
                      || CASE a.attidentity WHEN '' THEN '' ELSE ' GENERATED '
                           || CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END || ' AS IDENTITY ('
                           || (SELECT 'SEQUENCE NAME ' || q.seqrelid::regclass || ' ' || %s
                                 FROM pg_depend i JOIN pg_sequence q ON q.seqrelid = i.objid
                                WHERE i.classid = 'pg_class'::regclass AND i.refclassid = 'pg_class'::regclass
                                  AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum AND i.deptype = 'i') || ')' END
                      || CASE WHEN a.attnotnull THEN coalesce((SELECT ' CONSTRAINT ' || quote_ident(nn.conname) || ' NOT NULL'
                             || CASE WHEN nn.connoinherit THEN ' NO INHERIT' ELSE '' END FROM pg_constraint nn
                            WHERE nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum]), ' NOT NULL')
                         ELSE '' END, ', ' ORDER BY a.attnum)
                      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
                   || coalesce(' WITH (' || concat_ws(', ', %s, (SELECT %s FROM pg_class ts WHERE ts.oid = c.reltoastrelid)) || ')',
                               '') AS sql
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND %s AND %s ORDER BY c.oid
            """
                    .formatted(
                            SEQUENCE_OPTIONS,
                            Catalog.options("c.reloptions", ""),
                            Catalog.options("ts.reloptions", "toast."),
                            Catalog.USER_SCHEMA,
                            Catalog.notOfExtension("pg_class", "c.oid"))
                    // concat_ws gives '' and not NULL when there is nothing to join.
                    .replace("coalesce(' WITH (' || concat_ws(", "coalesce(' WITH (' || nullif(concat_ws(")
                    .replace("ts.oid = c.reltoastrelid)) || ')'", "ts.oid = c.reltoastrelid)), '') || ')'");

    private static final String VIEWS =
            """
            SELECT 'pg_class:' || c.oid AS key, 'CREATE ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW '
                   || c.oid::regclass || coalesce(' WITH (' || %s || ')', '') || ' AS ' || rtrim(pg_get_viewdef(c.oid), ';')
                   || CASE c.relkind WHEN 'm' THEN ' WITH NO DATA' ELSE '' END AS sql
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND %s AND %s ORDER BY c.oid
            """
                    .formatted(
                            Catalog.options("c.reloptions", ""),
                            Catalog.USER_SCHEMA,
                            Catalog.notOfExtension("pg_class", "c.oid"));

    private static final String FUNCTIONS =
            """
            SELECT 'pg_proc:' || p.oid AS key, pg_get_functiondef(p.oid) AS sql
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prokind <> 'a' AND %s AND %s ORDER BY p.oid
            """
                    .formatted(Catalog.USER_SCHEMA, Catalog.notOfExtension("pg_proc", "p.oid"));

    /** Keys that a view's GROUP BY relies on have to be there before the view; all others come after the rows. */
    private static final String KEYS = "SELECT 'pg_constraint:' || k.oid AS key, " + Constraints.STATEMENT
            + " AS sql FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE " + Constraints.NEEDED_EARLY;

    static final List<String> ALL = List.of(ENUMS, DOMAINS, COMPOSITES, SEQUENCES, TABLES, FUNCTIONS, KEYS, VIEWS);

    private ObjectQueries() {}
}
