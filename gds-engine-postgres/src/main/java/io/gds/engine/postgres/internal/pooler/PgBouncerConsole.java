package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Secrets;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The admin console of one PgBouncer, 1.16 to 1.25: one connection to its database {@code pgbouncer}, which understands the
 * simple protocol only. Columns are read by name, since every release adds some. Confined to one thread, except
 * {@link #abort()}.
 */
final class PgBouncerConsole implements AutoCloseable {
    private static final int ANSWER_MILLIS = 10_000;
    private static final int CONNECT_SECONDS = 3;
    private static final Identifier CONSOLE = Identifier.of("pgbouncer");

    private final String pooler;
    private final Connection connection;

    private PgBouncerConsole(String pooler, Connection connection) {
        this.pooler = pooler;
        this.connection = connection;
    }

    /**
     * Logs in.
     *
     * @throws GdsDatabaseException with code {@code PG-POOLER-CONSOLE} when that fails; retryable when nobody answers
     */
    static PgBouncerConsole open(PoolerSpec spec, Secrets secrets) {
        Properties properties = new Properties();
        properties.setProperty("user", spec.user());
        properties.setProperty("password", secrets.resolve(spec.password()).reveal());
        properties.setProperty("PGDBNAME", CONSOLE.parts().get(0));
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("sslmode", spec.sslMode());
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(2 * CONNECT_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "gds");
        String where = "pooler " + spec.name() + " at " + spec.address();
        try {
            @Nullable Connection made =
                    new Driver().connect("jdbc:postgresql://" + HostPort.jdbc(List.of(spec.address())) + "/", properties);
            if (made == null) {
                throw new SQLException("not an address of a pooler: " + spec.address(), "08001");
            }
            made.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            return new PgBouncerConsole(where, made);
        } catch (SQLException e) {
            throw ConsoleErrors.login(where, e);
        }
    }

    /** Its version, for example {@code 1.18.0}; empty when it does not tell. */
    Optional<String> version() {
        return query("SHOW VERSION", r -> text(r, "version").orElse("")).stream()
                .findFirst()
                .map(v -> v.replaceAll("^\\D+", "").strip())
                .filter(v -> !v.isEmpty());
    }

    /** All databases that it knows now; those of its {@code *} entry appear when they are first used. */
    List<PoolerDatabase> databases() {
        return query(
                "SHOW DATABASES",
                r -> new PoolerDatabase(
                        text(r, "name").orElse(""),
                        text(r, "host"),
                        number(r, "port"),
                        text(r, "database").orElse(""),
                        text(r, "pool_mode"),
                        number(r, "paused") != 0,
                        number(r, "disabled") != 0));
    }

    /** Its settings as they are in force. */
    Map<String, String> config() {
        Map<String, String> all = new TreeMap<>();
        query("SHOW CONFIG", r -> all.put(text(r, "key").orElse(""), text(r, "value").orElse("")));
        return all;
    }

    /** Whether all of it is paused or suspended, which is never our doing. Releases before {@code SHOW STATE} say no. */
    boolean isPausedAsAWhole() {
        try {
            return query(
                            "SHOW STATE",
                            r -> !text(r, "key").orElse("").equals("active")
                                    && text(r, "value").orElse("").equals("yes"))
                    .contains(true);
        } catch (GdsDatabaseException unknownCommand) {
            if (unknownCommand.retryable()) {
                throw unknownCommand;
            }
            return false;
        }
    }

    /** Server connections of a database that carry a transaction or log in just now: none once a pause is complete. */
    int busyServers(String database) {
        List<Integer> busy = query(
                "SHOW POOLS",
                r -> text(r, "database").orElse("").equals(database)
                        ? number(r, "sv_active") + number(r, "sv_tested") + number(r, "sv_login")
                        : 0);
        return busy.stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Lets transactions of a database finish, and makes those that come wait. Returns when the last one has finished; a
     * database that is paused already stays so.
     *
     * @throws PauseTimeout when they have not finished in time: the database is paused nevertheless, this connection is
     *     gone, and somebody must {@link #resume} it over another one
     */
    void pause(String database, Duration limit) throws PauseTimeout {
        SqlText pause = SqlText.of("PAUSE {}", Identifier.of(database));
        long begun = System.nanoTime();
        try {
            connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, limit.toMillis()));
            execute(pause);
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
        } catch (SQLException e) {
            if (System.nanoTime() - begun >= limit.toNanos()) {
                throw new PauseTimeout(database);
            }
            throw ConsoleErrors.refused(pooler, pause, e);
        }
    }

    /** Lets waiting transactions go on; whether it was paused. Idempotent. */
    boolean resume(String database) {
        SqlText resume = SqlText.of("RESUME {}", Identifier.of(database));
        try {
            execute(resume);
            return true;
        } catch (SQLException e) {
            if (ConsoleErrors.saysNotPaused(e)) {
                return false;
            }
            throw ConsoleErrors.refused(pooler, resume, e);
        }
    }

    /** Makes it read its configuration again. What came of it is seen in {@link #databases}: older releases always say yes. */
    void reload() {
        SqlText reload = SqlText.of("RELOAD");
        try {
            execute(reload);
        } catch (SQLException e) {
            throw ConsoleErrors.refused(pooler, reload, e);
        }
    }

    /** Replaces the server connections of a database one by one as transactions give them back. */
    void reconnect(String database) {
        SqlText reconnect = SqlText.of("RECONNECT {}", Identifier.of(database));
        try {
            execute(reconnect);
        } catch (SQLException e) {
            throw ConsoleErrors.refused(pooler, reconnect, e);
        }
    }

    /** Breaks whatever this connection waits for. Any thread. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            return; // it is broken already
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            return; // the other side closes it
        }
    }

    private void execute(SqlText command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(command.sql());
        }
    }

    private <T> List<T> query(String show, Reading<T> reading) {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(show)) {
            Set<String> columns = new HashSet<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                columns.add(rows.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT));
            }
            while (rows.next()) {
                all.add(reading.of(new Line(rows, columns)));
            }
            return all;
        } catch (SQLException e) {
            throw ConsoleErrors.refused(pooler, SqlText.of(show), e);
        }
    }

    private static Optional<String> text(Line line, String column) throws SQLException {
        if (!line.columns().contains(column)) {
            return Optional.empty();
        }
        @Nullable String value = line.rows().getString(column);
        return Optional.ofNullable(value).filter(v -> !v.isEmpty());
    }

    private static int number(Line line, String column) throws SQLException {
        String value = text(line, column).orElse("0");
        return value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /** A row, and the columns that this release has. */
    private record Line(ResultSet rows, Set<String> columns) {}

    @FunctionalInterface
    private interface Reading<T> {
        T of(Line line) throws SQLException;
    }

    /** Transactions of a database did not finish in time. It is paused, and must be resumed. */
    static final class PauseTimeout extends Exception {
        private static final long serialVersionUID = 1L;

        PauseTimeout(String database) {
            super(database);
        }
    }
}
