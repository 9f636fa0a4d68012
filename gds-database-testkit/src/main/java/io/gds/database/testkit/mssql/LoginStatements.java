package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Logins and users.
 *
 * <p>Source: CREATE LOGIN (15025 when there is one; the policy of passwords: 15116 when too short), DROP LOGIN (15151 when there is none,
 * 15434 while it is logged in, 15174 while it owns a database; users in databases stay), DROP USER (15151).
 */
final class LoginStatements {
    private static final int SHORTEST = 8;

    private final ServerCatalogue all;

    LoginStatements(ServerCatalogue all) {
        this.all = all;
    }

    void register(ServerStatements to) {
        to.know(
                "CREATE LOGIN " + TransactSql.NAME + " WITH PASSWORD = " + TransactSql.TEXT,
                (m, c) -> create(TransactSql.name(m.group(1)), TransactSql.text(m.group(2))));
        to.know("DROP LOGIN " + TransactSql.NAME, (m, c) -> drop(TransactSql.name(m.group(1))));
        to.know(
                "EXEC " + TransactSql.NAME + "\\.sys\\.sp_executesql "
                        + TransactSql.TEXT.replace("(?:", "DROP USER (?:"),
                (m, c) -> dropUser(TransactSql.name(m.group(1)), TransactSql.text(m.group(2))));
    }

    private List<SqlOutcome> create(String name, String password) throws SqlFailure {
        if (all.logins.containsKey(name)) {
            throw ServerStatements.failure(15025, "The server principal '" + name + "' already exists.");
        }
        if (password.length() < SHORTEST) {
            throw ServerStatements.failure(
                    15116,
                    "Password validation failed. The password does not meet the operating system policy requirements because"
                            + " it is too short.");
        }
        int sid = 1
                + all.logins.values().stream()
                        .mapToInt(ServerCatalogue.Login::sid)
                        .reduce(0, Math::max);
        all.logins.put(name, new ServerCatalogue.Login(name, "S", sid, false, new TreeSet<>(Set.of()), password));
        return ServerStatements.done();
    }

    private List<SqlOutcome> drop(String name) throws SqlFailure {
        if (!all.logins.containsKey(name)) {
            throw ServerStatements.failure(
                    15151,
                    "Cannot drop the login '" + name + "', because it does not exist or you do not have permission.");
        }
        if (all.sessions().isLoggedIn(name)) {
            throw ServerStatements.failure(
                    15434, "Could not drop login '" + name + "' as the user is currently logged in.");
        }
        if (all.databases.values().stream().anyMatch(d -> d.owner.equalsIgnoreCase(name))) {
            throw ServerStatements.failure(
                    15174,
                    "Login '" + name
                            + "' owns one or more database(s). Change the owner of the database(s) before dropping the login.");
        }
        all.logins.remove(name);
        return ServerStatements.done();
    }

    private List<SqlOutcome> dropUser(String database, String statement) throws SqlFailure {
        String name = TransactSql.name(statement.replaceAll("(?i)^DROP USER \\[|\\]$", ""));
        if (all.of(database).users.remove(name) == null) {
            throw ServerStatements.failure(
                    15151,
                    "Cannot drop the user '" + name + "', because it does not exist or you do not have permission.");
        }
        return ServerStatements.done();
    }
}
