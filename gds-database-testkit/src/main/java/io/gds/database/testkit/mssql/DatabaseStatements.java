package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Databases come and go, and are checked.
 *
 * <p>Source: CREATE DATABASE (1801 when there is one), DROP DATABASE (3701 when there is none, 3702 while it is used, 3708 for those of the
 * system), DBCC CHECKDB (what it finds are errors of severity 16, the last of which counts them, 8990).
 */
final class DatabaseStatements {
    private final ServerCatalogue all;

    DatabaseStatements(ServerCatalogue all) {
        this.all = all;
    }

    void register(ServerStatements to) {
        to.know("CREATE DATABASE " + TransactSql.NAME, (m, c) -> create(TransactSql.name(m.group(1))));
        to.know("DROP DATABASE " + TransactSql.NAME, (m, c) -> drop(TransactSql.name(m.group(1)), c.session()));
        to.know(
                "DBCC CHECKDB \\(" + TransactSql.NAME + "\\) WITH NO_INFOMSGS, ALL_ERRORMSGS",
                (m, c) -> check(TransactSql.name(m.group(1))));
    }

    private List<SqlOutcome> create(String name) throws SqlFailure {
        if (all.databases.containsKey(name)) {
            throw ServerStatements.failure(
                    1801, "Database '" + name + "' already exists. Choose a different database name.");
        }
        all.states.put(name, "ONLINE");
        all.of(name);
        return ServerStatements.done();
    }

    private List<SqlOutcome> drop(String name, int session) throws SqlFailure {
        ModelDatabase found = all.databases.get(name);
        if (found == null) {
            throw new SqlFailure(
                    3701,
                    1,
                    11,
                    "Cannot drop the database '" + name
                            + "', because it does not exist or you do not have permission.");
        }
        if (found.isSystems()) {
            throw ServerStatements.failure(
                    3708, "Cannot drop the database '" + name + "' because it is a system database.");
        }
        // Also the session itself, when it is in there.
        if (all.sessions().isUsed(name, -session)) {
            throw ServerStatements.failure(
                    3702, "Cannot drop database \"" + name + "\" because it is currently in use.");
        }
        all.states.remove(found.name);
        return ServerStatements.done();
    }

    private List<SqlOutcome> check(String name) throws SqlFailure {
        ModelDatabase found = all.databases.get(name);
        if (found == null) {
            throw ServerStatements.failure(911, "Database '" + name + "' does not exist.");
        }
        if (found.damage.isEmpty()) {
            // It is written into the database itself, which one that is read-only does not have.
            found.checked = found.readOnly ? found.checked : all.moment();
            return ServerStatements.done();
        }
        List<SqlOutcome> findings = new ArrayList<>();
        found.damage.forEach(d -> findings.add(new SqlOutcome.Failed(8928, 1, 16, d)));
        findings.add(new SqlOutcome.Failed(
                8990,
                1,
                16,
                "CHECKDB found 0 allocation errors and " + found.damage.size() + " consistency errors in database '"
                        + name + "'."));
        return findings;
    }
}
