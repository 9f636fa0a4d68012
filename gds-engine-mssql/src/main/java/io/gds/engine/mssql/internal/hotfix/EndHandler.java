package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Takes from a host what this run left there, its jobs that are over and its mark, and the jobs of runs that left theirs going. */
final class EndHandler implements StepHandler<MssqlEngine> {
    @Override
    public ActionId action() {
        return ActionId.of(HotfixActions.END);
    }

    @Override
    public String describe(Params p) {
        return "remove the tasks and folders of our jobs and our mark from "
                + p.optionalString("server").orElse("the server") + "; a job that still runs stays";
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        return Prepared.proceed(Params.empty());
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        String server = c.params().string("server");
        c.fence();
        List<String> left = c.engine().jobs(server).removeWithOthers(JobKeys.ofRun(c));
        c.engine().claim(server).release(c.run().toString());
        return Params.of("stillRunning", left);
    }

    private static boolean isGone(StepContext<MssqlEngine> c) {
        String server = c.params().string("server");
        Optional<String> holder = c.engine()
                .host(server)
                .shell()
                .read(c.engine().claim(server).path())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return holder.filter(c.run().toString()::equals).isEmpty();
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        return isGone(c) ? Verdict.holds() : Verdict.again("our mark is there still");
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        return isGone(c) ? Probed.done() : Probed.partial("our mark is there still");
    }
}
