package io.gds.engine.mssql.internal.probe;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.WriteProbe;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One client: one row in one transaction, and an honest answer about each. Row and client are one number, the table's key. */
final class GroupWriteProbe implements WriteProbe {
    /** So many rows a client may write: more than one a microsecond for a week. */
    private static final long ROWS_OF_A_CLIENT = 1L << 40;

    /** Refusals of the statement itself: a database that cannot be updated (3906), no table (208). */
    private static final Set<Integer> REFUSALS = Set.of(3906, 208);

    private final ApplicationEndpoint endpoint;
    private final SqlName table;
    private final int client;
    private @Nullable Connection connection;

    GroupWriteProbe(ApplicationEndpoint endpoint, SqlName table, int client) {
        this.endpoint = endpoint;
        this.table = table;
        this.client = client;
    }

    private Connection connection() throws SQLException {
        Connection known = connection;
        if (known != null && !known.isClosed()) {
            return known;
        }
        Connection opened = endpoint.connect();
        connection = opened;
        return opened;
    }

    private long id(long seq) {
        return client * ROWS_OF_A_CLIENT + seq;
    }

    @Override
    public Ack write(long seq) {
        Connection c;
        try {
            c = connection();
        } catch (SQLException e) {
            return Ack.REFUSED; // nothing was sent
        }
        try (Statement s = c.createStatement()) {
            SqlQuery.run(s, "INSERT INTO " + table.quoted() + " (id) VALUES (" + id(seq) + ")");
            return Ack.COMMITTED;
        } catch (SQLException e) {
            boolean refused = REFUSALS.contains(SqlErrors.number(e));
            close();
            return refused
                    ? Ack.REFUSED
                    : Ack.UNKNOWN; // whoever lost its role or its connection may have written before
        }
    }

    @Override
    public Map<Long, Integer> present(long from, long to) {
        try (Statement s = connection().createStatement()) {
            Map<Long, Integer> out = new HashMap<>();
            SqlQuery.each(
                    s,
                    "SELECT id, COUNT(*) AS times FROM " + table.quoted() + " WHERE id BETWEEN " + id(from) + " AND "
                            + id(to) + " GROUP BY id",
                    row -> out.put(
                            row.number("id").orElseThrow() - id(0),
                            Math.toIntExact(row.number("times").orElseThrow())));
            return out;
        } catch (SQLException e) {
            close();
            throw GdsDatabaseException.environment("MSSQL-UNREACHABLE")
                    .message("the probe's rows cannot be read: " + e.getMessage())
                    .remedy("look whether the group has a primary.")
                    .retryable()
                    .cause(e)
                    .build();
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is of no use any more, whatever it says to that.
            }
        }
    }
}
