package io.gds.engine.mssql.internal.admin;

import io.gds.database.DatabaseUser;
import io.gds.database.OperationResult;
import io.gds.database.Secret;
import io.gds.database.UserAdmin;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Logins of an instance. They go by their names; users with a password of their own in a contained database by {@code database.name}.
 *
 * <p>Source: CREATE LOGIN, DROP LOGIN, DROP USER (Transact-SQL).
 */
public final class Logins implements UserAdmin {
    private static final int ALREADY = 15025;
    private static final int LONGEST_PASSWORD = 128;

    private final SqlAccess access;
    private final LoginReader reader;
    private final Clock clock;
    private final boolean encrypted;

    /**
     * Logins of an instance.
     *
     * @param encrypted whether more than the login itself is encrypted on the way
     */
    public Logins(SqlAccess access, Clock clock, boolean encrypted) {
        this.access = access;
        this.reader = new LoginReader(access);
        this.clock = clock;
        this.encrypted = encrypted;
    }

    @Override
    public List<DatabaseUser> users() {
        return reader.all();
    }

    /**
     * Creates a login of the server, without any role. The server itself makes the hash, and keeps the statement out of its traces; on
     * the way the password is as safe as the connection, and where that is not encrypted the result says so.
     *
     * @throws GdsDatabaseException with code {@code GDS-NAME} for a Windows account, which has its password elsewhere, and {@code
     *     GDS-USER-PASSWORD} for a password that is empty or longer than 128 characters
     */
    @Override
    public OperationResult createUser(String name, Secret password) {
        OperationTimer timer = OperationTimer.start(clock, "create login " + name);
        SqlName login = Names.require("login name", name);
        if (name.indexOf('\\') >= 0) {
            throw GdsDatabaseException.user("GDS-NAME")
                    .message("login name: found \"" + name
                            + "\", which is an account of Windows and has no password here.")
                    .remedy("choose a name without a backslash.")
                    .build();
        }
        String secret = password.reveal();
        if (secret.isEmpty() || secret.length() > LONGEST_PASSWORD || secret.indexOf('\0') >= 0) {
            throw GdsDatabaseException.user("GDS-USER-PASSWORD")
                    .message("the password of login \"" + name + "\" has " + secret.length()
                            + " characters, expected 1 to 128 without NUL.")
                    .remedy("give another password.")
                    .build();
        }
        boolean created = access.call("creating login " + name, s -> {
            try {
                // CREATE LOGIN takes no parameters, and docs advise against giving it a hash.
                SqlQuery.run(s, "CREATE LOGIN " + login.quoted() + " WITH PASSWORD = " + SqlName.literal(secret));
                return true;
            } catch (SQLException e) {
                if (SqlErrors.number(e) == ALREADY) {
                    return false;
                }
                throw SqlErrors.without(secret, e);
            }
        });
        return created
                ? timer.changed("created, without any role"
                        + (encrypted ? "" : "; its password was sent over a connection that is not encrypted"))
                : timer.already("there is such a login already; its password was left as it is");
    }

    /**
     * Removes a login. Its users in databases are left, as the server leaves them, and named.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-15434} while it is logged in, {@code MSSQL-15174} while it owns a database
     */
    @Override
    public OperationResult dropUser(String name) {
        OperationTimer timer = OperationTimer.start(clock, "drop login " + name);
        SqlName login = Names.require("login name", name);
        LoginReader.InDatabases inside = access.call("looking for users of " + name, reader::inDatabases);
        // The server says the same of a login that is not there and of one that may not be dropped.
        if (!reader.hasLogin(name)) {
            return dropContained(timer, name, inside.contained());
        }
        access.call("dropping login " + name, s -> {
            SqlQuery.run(s, "DROP LOGIN " + login.quoted());
            return true;
        });
        String left = inside.byLogin().getOrDefault(name, List.of()).stream()
                .map(u -> u.name() + " in " + u.database())
                .collect(Collectors.joining(", "));
        return timer.changed("dropped" + (left.isEmpty() ? "" : "; users that it had are left: " + left));
    }

    private OperationResult dropContained(OperationTimer timer, String name, List<LoginReader.User> contained) {
        Optional<LoginReader.User> found = contained.stream()
                .filter(u -> (u.database() + "." + u.name()).equals(name))
                .findFirst();
        if (found.isEmpty()) {
            return timer.already("there is no such login");
        }
        LoginReader.User user = found.get();
        String drop = "DROP USER " + new SqlName(user.name()).quoted();
        access.call("dropping user " + name, s -> {
            SqlQuery.run(
                    s, "EXEC " + new SqlName(user.database()).quoted() + ".sys.sp_executesql " + SqlName.literal(drop));
            return true;
        });
        return timer.changed("dropped from database " + user.database());
    }
}
