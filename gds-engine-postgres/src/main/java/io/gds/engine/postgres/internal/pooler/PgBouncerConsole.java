package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Secrets;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The admin console of one PgBouncer, 1.16 to 1.25: one connection to its database {@code pgbouncer}. Columns are read by
 * name, since every release adds some. Confined to one thread, except {@link #abort()}.
 */
final class PgBouncerConsole implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final String pooler;
    private final ConsoleWire wire;

    private PgBouncerConsole(String pooler, ConsoleWire wire) {
        this.pooler = pooler;
        this.wire = wire;
    }

    /**
     * Logs in.
     *
     * @throws GdsDatabaseException with code {@code PG-POOLER-CONSOLE} when that fails; retryable when nobody answers
     */
    static PgBouncerConsole open(PoolerSpec spec, Secrets secrets) {
        String where = "pooler " + spec.name() + " at " + spec.address();
        try {
            return new PgBouncerConsole(
                    where,
                    ConsoleWire.open(
                            spec.address(), spec.user(), secrets.resolve(spec.password()), spec.sslMode(), CONNECT));
        } catch (IOException e) {
            throw ConsoleErrors.silent(where, e);
        } catch (ConsoleWire.Refusal e) {
            throw ConsoleErrors.login(where, e);
        }
    }

    /** Its version, for example {@code 1.18.0}; empty when it does not tell. */
    Optional<String> version() {
        return show("SHOW VERSION").stream()
                .findFirst()
                .map(r -> r.getOrDefault("version", "").replaceAll("^\\D+", "").strip())
                .filter(v -> !v.isEmpty());
    }

    /** All databases that it knows now; those of its {@code *} entry appear when they are first used. */
    List<PoolerDatabase> databases() {
        return show("SHOW DATABASES").stream()
                .map(r -> new PoolerDatabase(
                        r.getOrDefault("name", ""),
                        Optional.ofNullable(r.get("host")).filter(h -> !h.isEmpty()),
                        number(r, "port"),
                        r.getOrDefault("database", ""),
                        Optional.ofNullable(r.get("pool_mode")).filter(m -> !m.isEmpty()),
                        number(r, "paused") != 0,
                        number(r, "disabled") != 0))
                .toList();
    }

    /** Its settings as they are in force. */
    Map<String, String> config() {
        Map<String, String> all = new TreeMap<>();
        show("SHOW CONFIG").forEach(r -> all.put(r.getOrDefault("key", ""), r.getOrDefault("value", "")));
        return all;
    }

    /** Whether all of it is paused or suspended, which is never our doing. Releases without {@code SHOW STATE} say no. */
    boolean isPausedAsAWhole() {
        try {
            return wire.query("SHOW STATE", ANSWER).stream()
                    .anyMatch(r -> !"active".equals(r.get("key")) && "yes".equals(r.get("value")));
        } catch (ConsoleWire.Refusal unknownCommand) {
            return false;
        } catch (IOException e) {
            throw ConsoleErrors.silent(pooler, e);
        }
    }

    /** Server connections of a database that carry a transaction or log in just now: none once a pause is complete. */
    int busyServers(String database) {
        return show("SHOW POOLS").stream()
                .filter(r -> database.equals(r.get("database")))
                .mapToInt(r -> number(r, "sv_active") + number(r, "sv_tested") + number(r, "sv_login"))
                .sum();
    }

    /**
     * Lets transactions of a database finish, and makes those that come wait. Returns when the last one has finished; a
     * database that is paused already stays so.
     *
     * @throws PauseTimeout when they have not finished in time: the database is paused nevertheless, this connection is of
     *     no use any more, and somebody must {@link #resume} it over another one
     */
    void pause(String database, Duration limit) throws PauseTimeout {
        SqlText pause = SqlText.of("PAUSE {}", Identifier.of(database));
        try {
            wire.query(pause.sql(), limit);
        } catch (SocketTimeoutException e) {
            throw new PauseTimeout(database);
        } catch (IOException e) {
            throw ConsoleErrors.silent(pooler, e);
        } catch (ConsoleWire.Refusal e) {
            throw ConsoleErrors.refused(pooler, pause, e);
        }
    }

    /** Lets waiting transactions go on; whether it was paused. Idempotent. */
    boolean resume(String database) {
        SqlText resume = SqlText.of("RESUME {}", Identifier.of(database));
        try {
            wire.query(resume.sql(), ANSWER);
            return true;
        } catch (IOException e) {
            throw ConsoleErrors.silent(pooler, e);
        } catch (ConsoleWire.Refusal e) {
            if (ConsoleErrors.saysNotPaused(e)) {
                return false;
            }
            throw ConsoleErrors.refused(pooler, resume, e);
        }
    }

    /** Makes it read its configuration again. What came of it is seen in {@link #databases}: older releases always say yes. */
    void reload() {
        command(SqlText.of("RELOAD"));
    }

    /** Replaces the server connections of a database one by one as transactions give them back. */
    void reconnect(String database) {
        command(SqlText.of("RECONNECT {}", Identifier.of(database)));
    }

    /** Breaks whatever this connection waits for. Any thread. */
    void abort() {
        wire.abort();
    }

    @Override
    public void close() {
        wire.close();
    }

    private void command(SqlText command) {
        try {
            wire.query(command.sql(), ANSWER);
        } catch (IOException e) {
            throw ConsoleErrors.silent(pooler, e);
        } catch (ConsoleWire.Refusal e) {
            throw ConsoleErrors.refused(pooler, command, e);
        }
    }

    private List<Map<String, String>> show(String what) {
        try {
            return wire.query(what, ANSWER);
        } catch (IOException e) {
            throw ConsoleErrors.silent(pooler, e);
        } catch (ConsoleWire.Refusal e) {
            throw ConsoleErrors.refused(pooler, SqlText.of(what), e);
        }
    }

    private static int number(Map<String, String> row, String column) {
        String value = row.getOrDefault(column, "");
        return value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /** Transactions of a database did not finish in time. It is paused, and must be resumed. */
    static final class PauseTimeout extends Exception {
        private static final long serialVersionUID = 1L;

        PauseTimeout(String database) {
            super(database);
        }
    }
}
