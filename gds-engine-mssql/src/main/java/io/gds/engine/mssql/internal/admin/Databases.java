package io.gds.engine.mssql.internal.admin;

import io.gds.database.Database;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.time.Clock;
import java.util.List;

/** The databases of an instance, those of the system too. Thread-safe. */
final class Databases {
    private static final String NAMES = "SELECT name FROM sys.databases ORDER BY name";

    private final SqlAccess access;
    private final Clock clock;

    Databases(SqlAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    /** All that the login may see, also those that are not online. */
    List<Database> all() {
        return access.call("listing its databases", s -> SqlQuery.rows(s, NAMES, row -> row.text("name"))).stream()
                .map(this::named)
                .toList();
    }

    /** One of a name, there or not. */
    Database named(String name) {
        return new MssqlDatabase(Names.require("database name", name), access, clock);
    }
}
