package io.gds.samples.quickstart;

import static io.gds.database.plan.Strategy.canary;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.ConsoleProgress;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.Rehearsal;
import io.gds.database.core.Reports;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunHistory;
import io.gds.database.core.RunView;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a host program does: open, plan, rehearse, execute; or, when an earlier process died, resume. */
final class Orchestration {
    static final String REHEARSING = "rehearsing on a clone";

    private Orchestration() {}

    static int run(Arguments a) {
        Task task = a.task().orElseThrow();
        try (Journal journal = Journal.sqlite(a.journal());
                RollingPatcher patcher = RollingPatcher.create(journal)) {
            Optional<RunView> begun = unfinished(patcher.runs());
            while (begun.isPresent() && begun.get().plan().kind().equals("rehearsal")) {
                Terminal.say("an earlier process died in the rehearsal; resuming it, so that its clone goes");
                patcher.resume(begun.get().id(), RunListener.none());
                begun = unfinished(patcher.runs());
            }
            RunOutcome outcome = begun.isPresent() ? resume(patcher, begun.get()) : patch(patcher, task, a.engine());
            RunView view = patcher.runs().find(outcome.run()).orElseThrow();
            Reports.writeHtml(view.record(), a.report());
            Terminal.say(Reports.text(view.record()));
            return outcome.isSuccess() ? 0 : 1;
        }
    }

    private static Optional<RunView> unfinished(RunHistory runs) {
        return runs.list(RunStatus.RUNNING, RunStatus.WAITING).stream()
                .findFirst()
                .flatMap(line -> runs.find(line.run()));
    }

    private static RunOutcome resume(RollingPatcher patcher, RunView run) {
        Terminal.say("an earlier process died; resuming run " + run.id());
        return patcher.resume(run.id(), progress(run.plan()));
    }

    private static RunOutcome patch(RollingPatcher patcher, Task task, EngineName engine) {
        try (DatabaseEngine orders = Engines.open(task.spec())) {
            Plan plan = patcher.plan(
                    orders,
                    PatchRequest.to(task.to())
                            .strategy(canary(1).soak(Duration.ofSeconds(2)))
                            .probe(ProbeSettings.defaults().every(Duration.ofMillis(10))));
            Terminal.say(REHEARSING + " ...");
            Rehearsal rehearsal = patcher.rehearse(plan, List.of(engine.smokeQuery()), RunListener.none());
            Terminal.say("rehearsal on a clone: " + rehearsal.outcome().summary());
            if (!rehearsal.isSuccess()) {
                return rehearsal.outcome();
            }
            Terminal.say(rehearsal.plan().asRunbook());
            return patcher.execute(rehearsal.plan(), progress(plan));
        }
    }

    private static RunListener progress(Plan plan) {
        return ConsoleProgress.on(System.out, Terminal.isInteractive(), plan);
    }
}
