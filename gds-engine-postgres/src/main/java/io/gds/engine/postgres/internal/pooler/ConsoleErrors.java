package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.io.IOException;

/** What a PgBouncer says, in this library's words. It has no codes of its own, so its texts are read. */
final class ConsoleErrors {
    private static final String CODE = "PG-POOLER-CONSOLE";

    private ConsoleErrors() {}

    /** Nobody answered, or stopped to: it may pass by itself. */
    static GdsDatabaseException silent(String where, IOException e) {
        return GdsDatabaseException.environment(CODE)
                .message(where + " does not answer: " + e.getClass().getSimpleName() + ", " + e.getMessage() + ".")
                .remedy("check that it runs and can be reached; it is tried again.")
                .retryable()
                .cause(e)
                .build();
    }

    static GdsDatabaseException login(String where, ConsoleWire.Refusal e) {
        return GdsDatabaseException.environment(CODE)
                .message(where + " does not let us into its console: " + e.getMessage() + " (SQLSTATE " + e.state()
                        + ").")
                .remedy("check user and password of the pooler in the spec; the user must be one of admin_users.")
                .cause(e)
                .build();
    }

    static GdsDatabaseException refused(String where, SqlText command, ConsoleWire.Refusal e) {
        String said = String.valueOf(e.getMessage());
        String remedy = "read what it said; its log may say more.";
        if (said.contains("admin access needed")) {
            remedy = "make the pooler's user of the spec one of admin_users; stats_users are not enough.";
        } else if (said.contains("already suspended/paused")) {
            // one database is paused any number of times; this is said when somebody paused the pooler as a whole
            remedy = "find out who paused the whole pooler and why, then RESUME it.";
        }
        return GdsDatabaseException.environment(CODE)
                .message(where + " did not do \"" + command + "\": " + said + ".")
                .remedy(remedy)
                .cause(e)
                .build();
    }

    /** There is nothing to resume. */
    static boolean saysNotPaused(ConsoleWire.Refusal e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("is not paused") || said.contains("not paused/suspended");
    }
}
