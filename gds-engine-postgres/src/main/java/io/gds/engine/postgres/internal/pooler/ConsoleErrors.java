package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.sql.SqlErrors;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.sql.SQLException;

/** What a PgBouncer says, in this library's words. It has no codes of its own, so its texts are read. */
final class ConsoleErrors {
    private static final String CODE = "PG-POOLER-CONSOLE";

    private ConsoleErrors() {}

    static GdsDatabaseException login(String where, SQLException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("unsupported startup parameter")) {
            return GdsDatabaseException.environment(CODE)
                    .message(where + " refuses what every JDBC driver sends: " + said + ".")
                    .remedy("set ignore_startup_parameters = extra_float_digits in its configuration, and RELOAD.")
                    .cause(e)
                    .build();
        }
        GdsDatabaseException.Builder builder = GdsDatabaseException.environment(CODE)
                .message("cannot log in to the console of " + where + ": " + said + " (SQLSTATE " + SqlErrors.state(e)
                        + ").")
                .cause(e);
        if (SqlErrors.state(e).startsWith("08001") || SqlErrors.state(e).startsWith("08006")) {
            return builder.remedy("check that it runs and can be reached, then try again.")
                    .retryable()
                    .build();
        }
        return builder.remedy("check user and password of the pooler in the spec; the user must be one of admin_users.")
                .build();
    }

    static GdsDatabaseException refused(String where, SqlText command, SQLException e) {
        GdsDatabaseException.Builder builder = GdsDatabaseException.environment(CODE)
                .message(where + " did not do \"" + command + "\": " + e.getMessage() + " (SQLSTATE "
                        + SqlErrors.state(e) + ").")
                .cause(e);
        if (String.valueOf(e.getMessage()).contains("admin access needed")) {
            return builder.remedy("make the pooler's user of the spec one of admin_users; stats_users are not enough.")
                    .build();
        }
        if (String.valueOf(e.getMessage()).contains("already suspended/paused")) {
            // one database is paused any number of times; this is said when somebody paused the pooler as a whole
            return builder.remedy("find out who paused the whole pooler and why, then RESUME it.")
                    .build();
        }
        builder.remedy("read what it said; its log may say more.");
        return (SqlErrors.isConnectionFailure(e) ? builder.retryable() : builder).build();
    }

    /** There is nothing to resume. */
    static boolean saysNotPaused(SQLException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("is not paused") || said.contains("not paused/suspended");
    }
}
