package io.gds.engine.mssql.internal.clone;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.backup.Copies;
import io.gds.engine.mssql.internal.clone.SandboxServer.Standing;
import java.util.Optional;

/** Restores one backup on the sandbox, under a name of the run's own and into files of its own. */
final class RestoreHandler extends CloneStep {
    RestoreHandler() {
        super(CloneActions.RESTORE);
    }

    @Override
    public String describe(Params p) {
        return "restore " + database(p)
                + " on the sandbox under another name, for administrators only, neither trustworthy nor delivering messages";
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        return Prepared.proceed(Params.of("copy", copy(c).plain()));
    }

    /** What a forerunner restored may be half of it: it has the run's name, and is dropped. */
    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        c.fence();
        server(c).drop(copy(c));
        c.fence();
        new Copies(sandbox(c))
                .restore(copy(c), folder(c), file(c), names(c).stem(c.params().integer(NUMBER)), c.cancellation());
        return Params.empty();
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        Optional<Standing> standing = server(c).standing(copy(c));
        if (standing.filter(Standing::isOnline).isEmpty()) {
            return Verdict.again(
                    copy(c).plain() + " is " + standing.map(Standing::state).orElse("not there"));
        }
        return standing.get().isIsolated()
                ? Verdict.holds()
                : Verdict.broken(Finding.block(
                        "MSSQL-CLONE-NOT-ISOLATED",
                        copy(c).plain(),
                        standing.get().toString(),
                        "RESTRICTED_USER, not trustworthy, without a broker",
                        "find out who changed it; it is dropped."));
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        Optional<String> work = server(c).underWay("RESTORE");
        if (work.isPresent()) {
            return Probed.inProgress(goesOn(work.get()));
        }
        return server(c).standing(copy(c)).isPresent()
                ? Probed.partial("the restore may have broken off; it is made anew")
                : Probed.notDone();
    }
}
