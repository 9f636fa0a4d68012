package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code KILL}.
 *
 * <p>Source: KILL (Transact-SQL): a number and never a variable; not one's own session (6104), not one that is none (6106), not one of the
 * server (6107). What the session had open is rolled back first, which may take its time.
 */
final class SessionStatements {
    private final ServerCatalogue all;
    private final ServerStatements.SessionEnd end;

    SessionStatements(ServerCatalogue all, ServerStatements.SessionEnd end) {
        this.all = all;
        this.end = end;
    }

    void register(ServerStatements to) {
        to.know("KILL (\\d{1,9})", (m, c) -> kill(Integer.parseInt(m.group(1)), c.session()));
    }

    private List<SqlOutcome> kill(int id, int by) throws SqlFailure {
        if (id == by) {
            throw ServerStatements.failure(6104, "Cannot use KILL to kill your own process.");
        }
        ServerSessions.@Nullable Session found = all.sessions().find(id);
        if (found == null) {
            throw ServerStatements.failure(6106, "Process ID " + id + " is not an active process ID.");
        }
        if (!found.isUsers()) {
            throw ServerStatements.failure(6107, "Only user processes can be killed.");
        }
        if (all.sessions().kill(id)) {
            end.of(id);
        }
        return ServerStatements.done();
    }
}
