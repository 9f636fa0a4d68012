package io.gds.engine.postgres.internal.probe;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.WriteProbe;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.SqlErrors;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client: one row, one transaction, and an honest answer about each. */
final class PostgresWriteProbe implements WriteProbe {
    private static final int LIMIT_SECONDS = 30;

    private final Connections connections;
    private final Identifier table;
    private final int client;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement insert;

    PostgresWriteProbe(Connections connections, Identifier table, int client) {
        this.connections = connections;
        this.table = table;
        this.client = client;
    }

    @Override
    public Ack write(long seq) {
        PreparedStatement statement;
        try {
            statement = statement();
        } catch (GdsDatabaseException | SQLException e) {
            drop();
            return Ack.REFUSED; // nothing was sent
        }
        try {
            statement.setLong(2, seq);
            statement.executeUpdate();
            return Ack.COMMITTED;
        } catch (SQLException e) {
            Ack ack = meaning(e);
            drop();
            return ack;
        }
    }

    /**
     * A read-only server and an error of the statement itself did nothing. Whatever ends the connection may have come after
     * the commit: also 57P01, which a session gets when its wait for a synchronous standby is cut off.
     */
    private static Ack meaning(SQLException e) {
        String state = SqlErrors.state(e);
        boolean connectionGone = state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
        return connectionGone || state.equals("57014") ? Ack.UNKNOWN : Ack.REFUSED;
    }

    private PreparedStatement statement() throws SQLException {
        PreparedStatement ready = insert;
        if (ready != null) {
            return ready;
        }
        Connection c = connections.openEndpoint();
        connection = c;
        PreparedStatement made = c.prepareStatement(
                SqlText.of("INSERT INTO {} (client, seq) VALUES (?, ?)", table).sql());
        made.setQueryTimeout(LIMIT_SECONDS);
        made.setInt(1, client);
        insert = made;
        return made;
    }

    @Override
    public Map<Long, Integer> present(long from, long to) {
        return connections.onEndpoint(s -> {
            Map<Long, Integer> out = new HashMap<>();
            s.query(
                    SqlText.of(
                            "SELECT seq, count(*) AS n FROM {} WHERE client = ? AND seq BETWEEN ? AND ? GROUP BY seq",
                            table),
                    r -> out.put(r.number("seq"), (int) r.number("n")),
                    client,
                    from,
                    to);
            return out;
        });
    }

    private void drop() {
        Connection c = connection;
        connection = null;
        insert = null;
        if (c != null) {
            try {
                c.close();
            } catch (SQLException e) {
                // it is broken, which is why it goes
            }
        }
    }

    @Override
    public void close() {
        drop();
    }
}
