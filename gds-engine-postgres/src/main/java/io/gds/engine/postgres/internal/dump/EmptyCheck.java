package io.gds.engine.postgres.internal.dump;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.List;

/** Refuses to restore into a database that holds something. */
final class EmptyCheck {
    private static final String CONTENT =
            """
            SELECT 'relation ' || c.oid::regclass AS object FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE %1$s AND %2$s
            UNION ALL
            SELECT 'routine ' || p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE %1$s AND %3$s
            UNION ALL
            SELECT 'type ' || t.oid::regtype FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE %1$s AND %4$s
            UNION ALL
            SELECT 'schema ' || nspname FROM pg_namespace n WHERE %1$s AND nspname <> 'public'
            LIMIT 10
            """
                    .formatted(
                            Catalog.USER_SCHEMA,
                            Catalog.notOfExtension("pg_class", "c.oid"),
                            Catalog.notOfExtension("pg_proc", "p.oid"),
                            Catalog.notOfExtension("pg_type", "t.oid"));

    private EmptyCheck() {}

    static void require(String database, Session s) throws SQLException {
        List<String> found = s.query(CONTENT, row -> row.text("object"));
        if (!found.isEmpty()) {
            throw GdsDatabaseException.user("GDS-RESTORE-NOT-EMPTY")
                    .message("database \"" + database + "\" is not empty, it holds " + String.join(", ", found) + ".")
                    .remedy("restore into a new database.")
                    .build();
        }
    }
}
