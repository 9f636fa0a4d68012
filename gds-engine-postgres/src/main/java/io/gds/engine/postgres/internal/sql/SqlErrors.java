package io.gds.engine.postgres.internal.sql;

import io.gds.database.error.GdsDatabaseException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Turns what the driver throws into what this library throws. */
public final class SqlErrors {
    private SqlErrors() {}

    /** Whether the connection, and not the statement, is what failed. */
    public static boolean isConnectionFailure(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || state.startsWith("57P0") || state.equals("53300");
    }

    /** The SQLSTATE, empty when there is none. */
    public static String state(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state == null ? "" : state;
    }

    /**
     * The failure in this library's words.
     *
     * @param where what was asked, for example {@code member n1}
     */
    public static GdsDatabaseException translate(String where, SQLException e) {
        String message =
                where + ": " + e.getMessage() + " (SQLSTATE " + (state(e).isEmpty() ? "none" : state(e)) + ").";
        if (isConnectionFailure(e)) {
            return GdsDatabaseException.environment("GDS-CONNECTION")
                    .message(message)
                    .remedy("check that the server is up and reachable, then try again.")
                    .retryable()
                    .cause(e)
                    .build();
        }
        if (state(e).startsWith("28")) {
            return GdsDatabaseException.environment("GDS-LOGIN")
                    .message(message)
                    .remedy("check connection.user and connection.password of the spec, and pg_hba.conf.")
                    .cause(e)
                    .build();
        }
        GdsDatabaseException.Builder refused = GdsDatabaseException.engine("GDS-SQL")
                .message(message)
                .remedy("read what the server said; its log may say more.")
                .cause(e);
        return (passes(state(e)) ? refused.retryable() : refused).build();
    }

    /** Cancelled, serialization failure or deadlock, read-only just now (a role is changing). */
    private static boolean passes(String state) {
        return state.equals("57014") || state.startsWith("40") || state.equals("25006");
    }
}
