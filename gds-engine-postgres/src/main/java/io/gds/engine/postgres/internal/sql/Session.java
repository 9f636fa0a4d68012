package io.gds.engine.postgres.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** One connection while somebody works on it; every statement is bounded in time. Confined to one thread. */
public final class Session {
    private final Connection connection;
    private final Duration limit;

    Session(Connection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** The same connection with another limit for each statement; zero for none. */
    public Session within(Duration other) {
        return new Session(connection, other);
    }

    /** All rows. */
    public <T> List<T> query(String constantSql, RowMapper<T> mapper, Object... values) throws SQLException {
        return query(SqlText.of(constantSql), mapper, values);
    }

    /** All rows. */
    public <T> List<T> query(SqlText sql, RowMapper<T> mapper, Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            Row row = new Row(result);
            while (result.next()) {
                all.add(mapper.map(row));
            }
        }
        return all;
    }

    /** The first row; empty when there is none. */
    public <T> Optional<T> first(String constantSql, RowMapper<T> mapper, Object... values) throws SQLException {
        return query(constantSql, mapper, values).stream().findFirst();
    }

    /** The first row of a query that always has one. */
    public <T> T one(String constantSql, RowMapper<T> mapper, Object... values) throws SQLException {
        return first(constantSql, mapper, values).orElseThrow(() -> new SQLException("no row: " + constantSql));
    }

    /** Rows changed. */
    public int update(SqlText sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Statements that take no values and give no rows, or whose rows nobody wants. */
    public void execute(SqlText sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds());
            statement.setEscapeProcessing(false);
            statement.execute(sql.sql());
        }
    }

    /** The server's version as a number, 150019 for example. */
    public int serverVersion() throws SQLException {
        return one("SELECT current_setting('server_version_num')::int AS v", row -> (int) row.number("v"));
    }

    /** Whether this is a follower. */
    public boolean inRecovery() throws SQLException {
        return one("SELECT pg_catalog.pg_is_in_recovery() AS r", row -> row.flag("r"));
    }

    /** The driver's bulk copy on this connection. */
    public CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** The connection itself, for transactions. */
    public Connection connection() {
        return connection;
    }

    private PreparedStatement prepare(SqlText sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.sql());
        try {
            statement.setQueryTimeout(seconds());
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private int seconds() {
        return (int) TimeUnit.MILLISECONDS.toSeconds(limit.plusMillis(999).toMillis());
    }
}
