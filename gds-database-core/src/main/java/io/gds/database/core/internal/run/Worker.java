package io.gds.database.core.internal.run;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.journal.Draft;
import io.gds.database.error.DeposedException;
import io.gds.database.error.ErrorCategory;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.run.RunEvent;
import io.gds.database.run.StepState;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls a handler and turns its answer into events to journal, or into a wait. Runs on a worker thread and never touches
 * the run's state: everything it needs was copied before.
 */
final class Worker {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final StepHandler<DatabaseEngine> handler;
    private final StepContext<DatabaseEngine> context;
    private final RunStep step;
    private final Snapshot was;
    private final Clock clock;
    private final Flight flight;

    /** What of the step's state decides how an answer is taken. */
    record Snapshot(
            int pass,
            int failures,
            boolean failedHere,
            String lastFailure,
            StepState sourceState,
            boolean neverOpened) {
        static Snapshot of(RunState state, RunStep step) {
            StepRun r = state.run(step.id());
            return new Snapshot(
                    r.pass(),
                    r.failures(),
                    r.mustProbe(),
                    r.lastFailure(),
                    state.step(step.source().id()).state(),
                    neverOpened(state, step));
        }

        /** A closer of a bracket whose opener found nothing to do has nothing to restore. */
        private static boolean neverOpened(RunState state, RunStep step) {
            return !step.back()
                    && step.source().isCloser()
                    && state.step(state.graph().openerOf(step.source()).id()).state() == StepState.SKIPPED;
        }
    }

    Worker(
            StepHandler<DatabaseEngine> handler,
            StepContext<DatabaseEngine> context,
            RunStep step,
            Snapshot was,
            Clock clock,
            Flight flight) {
        this.handler = handler;
        this.context = context;
        this.step = step;
        this.was = was;
        this.clock = clock;
        this.flight = flight;
    }

    Message work() {
        try {
            Command c = flight.command();
            if (c instanceof Command.Prepare) {
                return prepare();
            } else if (c instanceof Command.Apply) {
                return apply();
            } else if (c instanceof Command.Probe) {
                return probe();
            } else if (c instanceof Command.Confirm) {
                return confirm();
            }
            return verify();
        } catch (DeposedException | Error e) {
            return new Message.Died(flight, e);
        }
    }

    private Message prepare() {
        if (was.neverOpened()) {
            return done(RunEvent.Type.STEP_SKIPPED, Params.of("reason", "its bracket was not opened"));
        }
        Prepared p;
        try {
            p = handler.prepare(context);
        } catch (DeposedException e) {
            throw e;
        } catch (RuntimeException e) {
            return mayPass(e)
                    ? new Message.Waits(flight, lookAgain("looking failed: " + text(e)))
                    : failed(thrown("GDS-PREPARE-FAILED", e));
        }
        if (p instanceof Prepared.Proceed go) {
            return done(
                    RunEvent.Type.STEP_INTENT,
                    Params.of("facts", go.facts(), "pass", was.pass(), "attempt", was.failures() + 1));
        } else if (p instanceof Prepared.Already a) {
            return done(RunEvent.Type.STEP_SKIPPED, Params.of("reason", "so already: " + a.reason()));
        } else if (p instanceof Prepared.Skip s) {
            return done(RunEvent.Type.STEP_SKIPPED, Params.of("reason", s.reason()));
        } else if (p instanceof Prepared.Hold h) {
            return new Message.Waits(flight, h.blocked());
        }
        return failed(((Prepared.Refuse) p).finding());
    }

    private Message apply() {
        try {
            return done(RunEvent.Type.STEP_APPLIED, Params.of("facts", handler.apply(context)));
        } catch (DeposedException e) {
            throw e;
        } catch (NotNowException e) {
            return new Message.Waits(flight, e.blocked());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return done(RunEvent.Type.STEP_ATTEMPT_FAILED, Params.of("reason", "interrupted"));
        } catch (Exception e) {
            return done(RunEvent.Type.STEP_ATTEMPT_FAILED, Params.of("reason", text(e)));
        }
    }

    private Message probe() {
        Probed p;
        try {
            p = handler.probe(context);
        } catch (DeposedException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Message.Waits(flight, lookAgain("probing failed: " + text(e)));
        }
        boolean triesLeft = !was.failedHere() || was.failures() < step.attempts();
        if (p instanceof Probed.Done) {
            return done(RunEvent.Type.STEP_APPLIED, Params.of("facts", Params.empty()));
        } else if (p instanceof Probed.NotDone) {
            return triesLeft
                    ? done(RunEvent.Type.STEP_REPLANNED, Params.of("kind", "not-done", "reason", "proven not done"))
                    : failed(exhausted("it was proven not done"));
        } else if (p instanceof Probed.Partial part) {
            return triesLeft
                    ? done(RunEvent.Type.STEP_CONTINUED, Params.of("reason", part.observed()))
                    : failed(exhausted("it was done in part: " + part.observed()));
        } else if (p instanceof Probed.InProgress i) {
            return new Message.Waits(flight, i.blocked());
        }
        Probed.Unknown u = (Probed.Unknown) p;
        return done(RunEvent.Type.STEP_UNKNOWN, Params.of("observed", u.observed(), "settles", u.settles()));
    }

    private Finding exhausted(String state) {
        return Finding.block(
                "GDS-STEP-FAILED",
                step.id(),
                was.lastFailure() + "; " + state,
                "success within " + step.attempts() + (step.attempts() == 1 ? " try" : " tries"),
                "mend what the message names.");
    }

    private Message verify() {
        Verdict v = verdict();
        if (v instanceof Verdict.Holds h) {
            List<Draft> drafts = new ArrayList<>();
            drafts.add(draft(step.id(), RunEvent.Type.STEP_VERIFIED, Params.of("facts", h.facts())));
            if (takesBack()) {
                drafts.add(draft(step.source().id().value(), RunEvent.Type.STEP_UNDONE, Params.of("by", step.id())));
            }
            return new Message.Done(flight, drafts);
        } else if (v instanceof Verdict.NotYet n) {
            return new Message.Waits(flight, n.blocked());
        } else if (v instanceof Verdict.Again a) {
            return was.pass() < step.source().maxPasses()
                    ? done(RunEvent.Type.STEP_REPLANNED, Params.of("kind", "again", "reason", a.evidence()))
                    : failed(Finding.block(
                            "GDS-PASSES-EXHAUSTED",
                            step.id(),
                            "after " + was.pass() + " passes " + a.evidence(),
                            "the effect within " + step.source().maxPasses() + " passes",
                            "look at the member, then retry or roll back."));
        }
        Verdict.Broken broken = (Verdict.Broken) v;
        return failed(broken.finding(), broken.facts());
    }

    private boolean takesBack() {
        boolean effectOrOpener = !step.source().isCloser();
        return step.back() && effectOrOpener && was.sourceState().legalNext().contains(StepState.UNDONE);
    }

    private Message confirm() {
        Verdict v = verdict();
        if (v instanceof Verdict.Holds) {
            return done(RunEvent.Type.BRACKET_CONFIRMED, Params.empty());
        } else if (v instanceof Verdict.NotYet n) {
            return new Message.Waits(flight, n.blocked());
        }
        String seen = v instanceof Verdict.Again a
                ? a.evidence()
                : ((Verdict.Broken) v).finding().observed();
        return done(RunEvent.Type.STEP_REPLANNED, Params.of("kind", "lost", "reason", "the bracket was lost: " + seen));
    }

    private Verdict verdict() {
        try {
            return handler.verify(context);
        } catch (DeposedException e) {
            throw e;
        } catch (RuntimeException e) {
            return Verdict.notYet(lookAgain("looking failed: " + text(e)));
        }
    }

    private static Blocked lookAgain(String observed) {
        return new Blocked(observed, "an answer", "the member answering again", LOOK_AGAIN);
    }

    /** A broken environment may mend itself; a broken request or plugin does not. */
    private static boolean mayPass(RuntimeException e) {
        return e instanceof GdsDatabaseException g
                && (g.retryable() || g.category() == ErrorCategory.ENVIRONMENT || g.category() == ErrorCategory.ENGINE);
    }

    private Finding thrown(String id, Throwable e) {
        String remedy = e instanceof GdsDatabaseException g ? g.remedy() : "report this to the author of the engine.";
        return Finding.block(id, step.id(), text(e), "an answer", remedy);
    }

    private static String text(Throwable e) {
        return e instanceof GdsDatabaseException ? String.valueOf(e.getMessage()) : e.toString();
    }

    private Message failed(Finding f) {
        return failed(f, Params.empty());
    }

    private Message failed(Finding f, Params facts) {
        Params data = Params.of("reason", f.observed(), "finding", f.document());
        return done(RunEvent.Type.STEP_FAILED, facts.isEmpty() ? data : data.with("facts", facts));
    }

    private Message done(RunEvent.Type type, Params data) {
        return new Message.Done(flight, List.of(draft(step.id(), type, data)));
    }

    private Draft draft(String id, RunEvent.Type type, Params data) {
        return new Draft(type, id, data, clock.instant());
    }
}
