package io.gds.engine.postgres.internal.admin;

import io.gds.database.Database;
import io.gds.database.DatabaseMetadata;
import io.gds.database.OperationResult;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.dump.Backups;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.sql.Identifier;
import io.gds.engine.postgres.internal.sql.Session;
import io.gds.engine.postgres.internal.sql.SqlErrors;
import io.gds.engine.postgres.internal.sql.SqlText;
import io.gds.engine.postgres.internal.sql.Work;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** One database of a cluster, there or not. */
final class PostgresDatabase implements Database {
    private static final String DUPLICATE = "42P04";
    private static final String UNKNOWN = "3D000";
    /** Both copy or remove files. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final String name;
    private final PostgresSpec spec;
    private final Connections connections;
    private final Backups backups;
    private final Clock clock;

    PostgresDatabase(String name, PostgresSpec spec, Connections connections, Backups backups, Clock clock) {
        Names.require("database name", name);
        this.name = name;
        this.spec = spec;
        this.connections = connections;
        this.backups = backups;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean exists() {
        return elsewhere(s -> s.first("SELECT 1 AS one FROM pg_database WHERE datname = ?", row -> true, name)
                .isPresent());
    }

    @Override
    public OperationResult create() {
        OperationTimer timed = OperationTimer.start(clock, "create database " + name);
        SqlText create = SqlText.of("CREATE DATABASE {}", Identifier.of(name));
        boolean done = connections.unhurried(home(), s -> unless(DUPLICATE, s, create));
        return done ? timed.changed("created") : timed.already("there is such a database already");
    }

    @Override
    public OperationResult drop() {
        OperationTimer timed = OperationTimer.start(clock, "drop database " + name);
        // Our own idle connections would be the sessions that make it fail.
        connections.releaseIdle();
        SqlText drop = SqlText.of("DROP DATABASE {}", Identifier.of(name));
        boolean done = connections.unhurried(home(), s -> unless(UNKNOWN, s, drop));
        return done ? timed.changed("dropped") : timed.already("there is no such database");
    }

    @Override
    public OperationResult backup(Path directory) {
        OperationTimer timed = OperationTimer.start(clock, "back up database " + name);
        return timed.changed(backups.backup(name, directory));
    }

    @Override
    public OperationResult restore(Path directory) {
        OperationTimer timed = OperationTimer.start(clock, "restore database " + name);
        return timed.changed(backups.restore(name, directory));
    }

    @Override
    public DatabaseMetadata metadata() {
        return elsewhere(s -> DatabaseFacts.read(name, s));
    }

    private <T> T elsewhere(Work<T> work) {
        return name.equals(spec.connection().database())
                ? connections.onPrimary(home(), work)
                : connections.onPrimary(work);
    }

    /** Another database than this one: the server refuses to drop where we are. */
    private String home() {
        if (!name.equals(spec.connection().database())) {
            return spec.connection().database();
        }
        return name.equals("postgres") ? "template1" : "postgres";
    }

    private static boolean unless(String state, Session session, SqlText sql) throws SQLException {
        try {
            session.within(LIMIT).execute(sql);
            return true;
        } catch (SQLException e) {
            if (SqlErrors.state(e).equals(state)) {
                return false;
            }
            throw e;
        }
    }
}
