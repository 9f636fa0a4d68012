package io.gds.engine.mssql.internal.clone;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.backup.DatabaseCheck;
import io.gds.engine.mssql.internal.clone.SandboxServer.Standing;
import java.util.List;
import java.util.stream.Collectors;

/** Has one copy checked as a whole. Changes nothing. */
final class CheckHandler extends CloneStep {
    private static final String WRONG = "wrong";
    private static final String STATE = "state";

    CheckHandler() {
        super(CloneActions.CHECK);
    }

    @Override
    public String describe(Params p) {
        return "look that the copy of " + database(p) + " is online, and have DBCC CHECKDB read all of it";
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        String state = server(c).standing(copy(c)).map(Standing::state).orElse("not there");
        if (!state.equals("ONLINE")) {
            return Params.of(STATE, state, WRONG, List.of("it is " + state));
        }
        List<String> wrong = new DatabaseCheck(sandbox(c))
                .of(copy(c), c.cancellation()).stream().map(Finding::observed).toList();
        return Params.of(STATE, state, WRONG, wrong);
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        List<String> wrong = c.facts().strings(WRONG);
        return wrong.isEmpty()
                ? Verdict.holds()
                : Verdict.broken(Finding.block(
                        "MSSQL-CHECKDB",
                        "the copy of " + c.params().string(DATABASE),
                        wrong.stream().collect(Collectors.joining("; ")),
                        "a database that is ONLINE and that DBCC CHECKDB has nothing to say of",
                        "have production checked, too: what was wrong there came along with the backup."));
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        return server(c).underWay("DBCC").map(w -> Probed.inProgress(goesOn(w))).orElseGet(Probed::notDone);
    }
}
