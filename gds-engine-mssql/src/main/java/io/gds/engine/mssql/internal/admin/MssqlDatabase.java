package io.gds.engine.mssql.internal.admin;

import io.gds.database.Database;
import io.gds.database.DatabaseMetadata;
import io.gds.database.OperationResult;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.mssql.internal.backup.Backups;
import io.gds.engine.mssql.internal.backup.Restores;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** One database of an instance, there or not. Thread-safe. */
final class MssqlDatabase implements Database {
    private static final String THERE = "SELECT 1 AS one FROM sys.databases WHERE name = ?";
    private static final Set<String> SYSTEMS = Set.of("master", "model", "msdb", "tempdb");
    private static final int ALREADY = 1801;
    /** Both make or remove files. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final SqlName name;
    private final SqlAccess access;
    private final Clock clock;

    MssqlDatabase(SqlName name, SqlAccess access, Clock clock) {
        this.name = name;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name.plain();
    }

    @Override
    public boolean exists() {
        return access.call("looking for database " + name, s -> SqlQuery.first(s, THERE, row -> true, name.plain()))
                .isPresent();
    }

    @Override
    public OperationResult create() {
        String what = "create database " + name.plain();
        OperationTimer timer = OperationTimer.start(clock, what);
        boolean created = access.callAtLength(what, LIMIT, s -> {
            try {
                SqlQuery.run(s, "CREATE DATABASE " + name.quoted());
                return true;
            } catch (SQLException e) {
                if (SqlErrors.number(e) == ALREADY) {
                    return false;
                }
                throw e;
            }
        });
        return created ? timer.changed("created") : timer.already("there is such a database already");
    }

    @Override
    public OperationResult drop() {
        String what = "drop database " + name.plain();
        OperationTimer timer = OperationTimer.start(clock, what);
        refuseSystems("dropped");
        // The server says the same of a database that is not there and of one that this login may not drop.
        if (!exists()) {
            return timer.already("there is no such database");
        }
        access.releaseIdle();
        access.callAtLength(what, LIMIT, s -> {
            SqlQuery.run(s, "DROP DATABASE " + name.quoted());
            return true;
        });
        return timer.changed("dropped");
    }

    /**
     * A whole backup in the server's own format, which leaves the database's usual chain of backups alone.
     *
     * @param directory as the server sees it: a folder of the server's host, or a share that its account may use
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DIRECTORY} when it holds anything, or is no whole path of the server's
     */
    @Override
    public OperationResult backup(Path directory) {
        OperationTimer timer = OperationTimer.start(clock, "back up database " + name.plain());
        requireThere();
        return timer.changed(new Backups(access).backup(name, directory));
    }

    /**
     * Puts a backup in the place of this database, whose files it goes on using, and has it checked.
     *
     * @param directory as the server sees it
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-DAMAGED}, {@code GDS-BACKUP-VERSION} or {@code GDS-RESTORE-NOT-EMPTY}
     *     before anything is changed
     */
    @Override
    public OperationResult restore(Path directory) {
        OperationTimer timer = OperationTimer.start(clock, "restore database " + name.plain());
        refuseSystems("restored");
        requireThere();
        access.releaseIdle();
        return timer.changed(new Restores(access).restore(name, directory));
    }

    @Override
    public DatabaseMetadata metadata() {
        return access.call("reading about database " + name, s -> DatabaseFacts.read(s, name))
                .orElseThrow(this::missing);
    }

    private void requireThere() {
        if (!exists()) {
            throw missing();
        }
    }

    private void refuseSystems(String done) {
        if (SYSTEMS.stream().anyMatch(name::matches)) {
            throw GdsDatabaseException.user("GDS-DATABASE")
                    .message("database " + name.plain() + " is the server's own and is not " + done + " here.")
                    .remedy("name a database of an application.")
                    .build();
        }
    }

    private GdsDatabaseException missing() {
        return GdsDatabaseException.user("GDS-DATABASE")
                .message("there is no database " + name.plain() + ".")
                .remedy("create it, or correct the name.")
                .build();
    }
}
