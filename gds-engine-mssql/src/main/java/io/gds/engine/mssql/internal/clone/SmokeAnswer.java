package io.gds.engine.mssql.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Cancellation;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * What a copy answered to a query, which was taken back whatever it did.
 *
 * @param rows how many rows there were
 * @param error what the server said against it; empty when it said nothing
 */
record SmokeAnswer(long rows, Optional<String> error) {
    private static final int MOST = 500;

    /**
     * Asks.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-UNREACHABLE} when there was no answer
     */
    static SmokeAnswer of(SqlAccess sandbox, SqlName copy, String sql, Duration limit, Cancellation cancellation) {
        try (Connection connection = sandbox.source(copy.plain()).getConnection()) {
            Cancellation.Registration breaker = cancellation.onCancel(() -> abort(connection));
            try (Statement s = connection.createStatement()) {
                connection.setAutoCommit(false);
                s.setQueryTimeout(Math.toIntExact(Math.max(1, limit.toSeconds())));
                return new SmokeAnswer(rows(s, sql), Optional.empty());
            } catch (SQLException e) {
                if (SqlErrors.isConnection(e)) {
                    throw e;
                }
                return new SmokeAnswer(0, Optional.of(said(e)));
            } finally {
                breaker.close();
                takeBack(connection);
            }
        } catch (SQLException e) {
            throw SqlErrors.of(sandbox.target().name(), "asking " + copy.plain(), e);
        }
    }

    /** To the very end: an error may come behind rows. */
    private static long rows(Statement s, String sql) throws SQLException {
        long rows = 0;
        boolean isRows = s.execute(sql);
        while (isRows || s.getUpdateCount() != -1) {
            if (isRows) {
                try (ResultSet r = s.getResultSet()) {
                    while (r.next()) {
                        rows++;
                    }
                }
            }
            isRows = s.getMoreResults();
        }
        return rows;
    }

    private static String said(SQLException e) {
        String message = "error " + SqlErrors.number(e) + ", " + e.getMessage();
        return message.length() > MOST ? message.substring(0, MOST) + "..." : message;
    }

    private static void takeBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // With the connection goes what it did.
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone already.
        }
    }
}
