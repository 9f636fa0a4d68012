package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import java.util.List;
import java.util.function.Consumer;

/**
 * What may be done in a database, and by whom.
 *
 * <p>Source: ALTER DATABASE SET options (Transact-SQL): not while the database is restored (5052), not for one that is not there (5011);
 * WITH ROLLBACK IMMEDIATE ends the sessions of everybody else.
 */
final class DatabaseOptionStatements {
    private final ServerCatalogue all;
    private final ServerStatements.SessionEnd end;

    DatabaseOptionStatements(ServerCatalogue all, ServerStatements.SessionEnd end) {
        this.all = all;
        this.end = end;
    }

    void register(ServerStatements to) {
        String alter = "ALTER DATABASE " + TransactSql.NAME + " SET ";
        String alone = " WITH ROLLBACK IMMEDIATE";
        to.know(
                alter + "SINGLE_USER" + alone,
                (m, c) -> set(TransactSql.name(m.group(1)), c.session(), d -> d.access = "SINGLE_USER"));
        to.know(
                alter + "READ_ONLY" + alone,
                (m, c) -> set(TransactSql.name(m.group(1)), c.session(), d -> d.readOnly = true));
        to.know(alter + "TRUSTWORTHY OFF", (m, c) -> change(TransactSql.name(m.group(1)), d -> d.trustworthy = false));
    }

    private List<SqlOutcome> set(String name, int session, Consumer<ModelDatabase> change) throws SqlFailure {
        List<SqlOutcome> done = change(name, change);
        List.copyOf(all.sessions().all()).stream()
                .filter(s -> s.id() != session && s.database().equalsIgnoreCase(name))
                .forEach(s -> {
                    all.sessions().remove(s.id());
                    end.of(s.id());
                });
        return done;
    }

    private List<SqlOutcome> change(String name, Consumer<ModelDatabase> change) throws SqlFailure {
        ModelDatabase found = all.databases.get(name);
        if (found == null) {
            throw ServerStatements.failure(
                    5011,
                    "User does not have permission to alter database '" + name
                            + "', the database does not exist, or the database is not in a state that allows access checks.");
        }
        if ("RESTORING".equals(all.states.get(found.name))) {
            throw ServerStatements.failure(
                    5052, "ALTER DATABASE is not permitted while a database is in the Restoring state.");
        }
        change.accept(found);
        return ServerStatements.done();
    }
}
