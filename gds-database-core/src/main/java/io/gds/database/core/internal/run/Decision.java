package io.gds.database.core.internal.run;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Gate;
import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Step;
import io.gds.database.run.Blocked;
import io.gds.database.run.RunStatus;
import io.gds.database.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decision core: what to do next, as a pure function of the folded events and the time. It reads no clock, no
 * journal and no server, and changes nothing; whoever drives it does what it says and journals what came of it.
 */
public final class Decision {
    private final RunState s;
    private final Instant now;
    private final Set<String> underWay;
    private final Readiness ready;
    private final BlockingBrackets blocking;
    private final List<Command> out = new ArrayList<>();
    private @Nullable Instant earliest;
    private String waiting = "";

    private Decision(RunState s, Instant now, Set<String> underWay) {
        this.s = s;
        this.now = now;
        this.underWay = underWay;
        this.ready = new Readiness(s);
        this.blocking = new BlockingBrackets(s);
    }

    /**
     * What to do next; empty when the run is over.
     *
     * @param underWay the steps that a handler is at work on
     */
    static List<Command> decide(RunState state, Instant now, Set<String> underWay) {
        return state.finished().isPresent() ? List.of() : new Decision(state, now, underWay).all();
    }

    private List<Command> all() {
        closeWhatBlocks();
        if (out.isEmpty() && earliest == null) {
            goOn();
        }
        if (out.isEmpty()) {
            finishOrAwait();
        }
        return out;
    }

    /** What a forerunner left open and clients wait for; nothing else goes on until it is closed. */
    private void closeWhatBlocks() {
        for (BlockingBrackets.Left left : blocking.left()) {
            RunStep closer = left.closer();
            switch (s.run(closer.id()).state()) {
                case PLANNED -> {
                    if (s.waitOf(closer.id()) == null) { // one that waits for something comes at its place
                        timed(closer, new Command.Prepare(closer));
                    }
                }
                case INTENT -> intent(closer);
                case APPLIED -> applied(closer);
                case VERIFIED, SKIPPED -> {
                    if (blocking.isNeeded(left.opener())) {
                        out.add(new Command.Renew(left.opener(), closer));
                    }
                }
                default -> {}
            }
        }
    }

    private void goOn() {
        if (ready.runReturn().isPresent() && s.backRequested()) {
            furtherBack(ready.runReturn().get());
        } else if (ready.runReturn().isPresent()) {
            backSteps(ready.runReturn().get());
        } else {
            forwardSteps();
            for (Return lane : s.returns()) {
                if (!lane.scope().equals(Return.RUN)) {
                    backSteps(lane);
                }
            }
            laneStops();
            runStop();
        }
    }

    /** A way back was gone (perhaps only to close brackets, perhaps in vain), and somebody asks for the whole one. */
    private void furtherBack(Return before) {
        for (RunStep step : before.steps()) {
            if (s.run(step.id()).state() == StepState.INTENT) {
                intent(step);
            }
        }
        Finding cause = s.stopCause();
        if (out.isEmpty() && earliest == null && cause != null) {
            out.add(new Command.GoBack(Return.RUN, false, false, cause));
        }
    }

    private void forwardSteps() {
        for (RunStep step : s.graph().forward().values()) {
            StepState state = s.run(step.id()).state();
            boolean stopping = ready.isStopping(step.source().lane());
            if (state == StepState.INTENT && stopping && waitsForItsTime(step)) {
                out.add(new Command.Fail(step, stopped(step)));
            } else if (state == StepState.INTENT) {
                intent(step);
            } else if (state == StepState.APPLIED && !stopping) {
                applied(step);
            } else if (state == StepState.PLANNED && !stopping && ready.dependenciesMet(step)) {
                planned(step);
            }
        }
    }

    /** Its effect looked once more and changed nothing; a run that stops does not wait for its time. */
    private boolean waitsForItsTime(RunStep step) {
        return isOurs(s.run(step.id())) && s.waitOf(step.id()) != null && !underWay.contains(step.id());
    }

    private boolean isOurs(StepRun run) {
        return run.intentEpoch() == s.epoch() && !run.mustProbe();
    }

    private Finding stopped(RunStep step) {
        RunState.Wait wait = s.waitOf(step.id());
        return Finding.block(
                "GDS-STOPPED-WAITING",
                step.id(),
                "the run stops while it waits: "
                        + (wait == null ? "" : wait.blocked().observed()),
                wait == null ? "" : wait.blocked().needed(),
                "look why the run stops.");
    }

    private void backSteps(Return way) {
        for (RunStep step : way.steps()) {
            switch (s.run(step.id()).state()) {
                case INTENT -> intent(step);
                case APPLIED -> applied(step);
                case PLANNED -> {
                    if (ready.backDependenciesMet(step)) {
                        planned(step);
                    }
                }
                default -> {}
            }
        }
    }

    private void planned(RunStep step) {
        Optional<String> notOurs = step.back() ? Optional.empty() : leftOut(step.source());
        if (notOurs.isPresent()) {
            out.add(new Command.Skip(step, notOurs.get()));
            return;
        }
        if (blocking.blocks(step)) {
            if (blocking.isServed(step)) {
                out.add(new Command.Skip(step, "what it is for is done"));
                return;
            }
            if (blocking.hasBegun(step)) {
                return;
            }
        }
        for (String opener : step.insideOf()) {
            StepRun o = s.run(opener);
            RunStep openerStep = s.runStep(opener);
            if (o.state() == StepState.VERIFIED && o.confirmedEpoch() < s.epoch()) {
                whenDue(opener, new Command.Confirm(openerStep));
                return;
            }
            if (o.state() != StepState.VERIFIED && o.state() != StepState.SKIPPED) {
                reopen(openerStep); // lost: it is done again before anything inside it goes on
                return;
            }
        }
        Instant notBefore = ready.notBefore(step);
        if (notBefore.isAfter(now)) {
            later(notBefore, step.id());
            return;
        }
        Optional<Gate> gate = step.back() ? Optional.empty() : step.source().gate();
        if (gate.isPresent() && !s.gate(gate.get().name()).isOpen()) {
            Gate g = gate.get();
            if (s.gate(g.name()).isExpired()) {
                out.add(new Command.Fail(step, tooLate(g)));
            } else {
                whenDue("gate:" + g.name(), new Command.Evaluate(step, g));
            }
        } else if (ready.takeLocks(step)) {
            timed(step, new Command.Prepare(step));
        }
    }

    private static Finding tooLate(Gate gate) {
        return Finding.block(
                "GDS-GATE-EXPIRED",
                gate.name(),
                "its deadline passed before it opened",
                gate.rule().describe(),
                "plan again, and approve in time.");
    }

    /** Why a step has no part in the way there: another road was chosen, or it is for the way back. */
    private Optional<String> leftOut(Step step) {
        if (step.onlyBack().isPresent()) {
            return Optional.of("only for the way back of " + step.onlyBack().get());
        }
        return step.when().filter(c -> !c.isMet(s.step(c.step()).facts())).map(c -> "only " + c);
    }

    private void reopen(RunStep opener) {
        switch (s.run(opener.id()).state()) {
            case PLANNED -> timed(opener, new Command.Prepare(opener));
            case INTENT -> intent(opener);
            case APPLIED -> applied(opener);
            default -> {}
        }
    }

    private void intent(RunStep step) {
        StepRun run = s.run(step.id());
        boolean ours = isOurs(run);
        Instant notBefore = ready.notBefore(step);
        if (ours && notBefore.isAfter(now)) {
            later(notBefore, step.id()); // another try of what was done in part
            return;
        }
        Optional<RunStep> reopen = ours ? blocking.toReopen(step) : Optional.empty();
        if (reopen.isPresent()) {
            reopen(reopen.get());
            return;
        }
        Optional<RunStep> confirm =
                ours && !underWay.contains(step.id()) ? blocking.toConfirm(step, now) : Optional.empty();
        if (confirm.isPresent()) {
            whenDue(confirm.get().id(), new Command.Confirm(confirm.get()));
            return;
        }
        Command next = ours ? new Command.Apply(step) : new Command.Probe(step);
        if (out.stream().noneMatch(next::equals)) {
            timed(step, next);
        }
    }

    private void applied(RunStep step) {
        Command next = new Command.Verify(step);
        if (out.stream().noneMatch(next::equals)) {
            timed(step, next);
        }
    }

    /** The command, or later when a wait is not over, or a failure when the step has waited too long. */
    private void timed(RunStep step, Command next) {
        RunState.Wait wait = s.waitOf(step.id());
        if (wait != null && wait.since().plus(step.source().timeout()).isBefore(now)) {
            out.add(new Command.Fail(step, tooLong(step, wait.blocked())));
        } else {
            whenDue(step.id(), next);
        }
    }

    private static Finding tooLong(RunStep step, Blocked b) {
        return Finding.block(
                "GDS-STEP-TIMEOUT",
                step.id(),
                "after " + step.source().timeout() + " still " + b.observed(),
                b.needed(),
                b.clears());
    }

    private void whenDue(String waitId, Command next) {
        RunState.Wait wait = s.waitOf(waitId);
        if (wait != null && wait.next().isAfter(now)) {
            later(wait.next(), waitId);
        } else if (out.stream().noneMatch(next::equals)) {
            out.add(next);
        }
    }

    private void later(Instant at, String what) {
        if (earliest == null || at.isBefore(earliest)) {
            earliest = at;
            waiting = what;
        }
    }

    private void laneStops() {
        for (RunStep step : s.graph().forward().values()) {
            Step source = step.source();
            StepRun run = s.run(step.id());
            if (run.state() == StepState.FAILED
                    && source.onFailure() == OnFailure.STOP_LANE
                    && ready.laneReturn(source.lane()).isEmpty()
                    && !ready.intentOpen(source.lane())) {
                out.add(new Command.GoBack(source.lane(), !s.plan().rollbackOnFailure(), false, cause(run)));
                return;
            }
        }
    }

    private void runStop() {
        Finding cause = ready.runStopCause();
        if (cause == null || ready.unknown().isPresent() || ready.intentOpen(null)) {
            return;
        }
        boolean closeOnly = !s.backRequested() && (s.cancelled() || !s.plan().rollbackOnFailure());
        out.add(new Command.GoBack(Return.RUN, closeOnly, s.cancelled(), cause));
    }

    private static Finding cause(StepRun run) {
        Finding f = run.failure();
        if (f == null) {
            throw new IllegalStateException("a failed step without a finding");
        }
        return f;
    }

    private void finishOrAwait() {
        if (earliest != null) {
            out.add(new Command.Await(earliest, waiting));
            return;
        }
        Optional<String> unknown = ready.unknown();
        if (unknown.isPresent()) {
            out.add(new Command.Finish(RunStatus.UNDETERMINED, "step " + unknown.get() + " must be settled"));
            return;
        }
        out.add(ready.runReturn().map(this::endOfReturn).orElseGet(this::endOfForward));
    }

    private Command endOfReturn(Return way) {
        if (way.closeOnly() && s.plan().rollbackOnFailure()) {
            for (RunStep b : way.steps()) { // with its brackets closed the cluster still does not serve: go all the way
                if (b.ensures() && s.run(b.id()).state() == StepState.FAILED) {
                    return new Command.GoBack(Return.RUN, false, false, cause(s.run(b.id())));
                }
            }
        }
        for (RunStep b : way.steps()) {
            StepRun run = s.run(b.id());
            if (run.state() == StepState.FAILED) {
                return new Command.Finish(RunStatus.FAILED, "the way back stopped at " + b.id() + ": " + cause(run));
            }
        }
        for (RunStep b : way.steps()) {
            if (!s.run(b.id()).state().isSettled()) { // never call a way back gone that was not gone to its end
                return new Command.Finish(RunStatus.FAILED, "the way back cannot go on at " + b.id());
            }
        }
        if (way.cancelled()) {
            return new Command.Finish(RunStatus.CANCELLED, way.cause().observed());
        }
        // a run that was refused before it touched anything has nothing to go back from
        if (way.closeOnly() || s.touchedNothing()) {
            return new Command.Finish(RunStatus.FAILED, way.cause().toString());
        }
        return new Command.Finish(RunStatus.ROLLED_BACK, way.ledTo());
    }

    private Command endOfForward() {
        for (Map.Entry<String, RunStep> e : s.steps().entrySet()) {
            StepRun run = s.run(e.getKey());
            if (e.getValue().back() && run.state() == StepState.FAILED) {
                return new Command.Finish(
                        RunStatus.FAILED, "the way back stopped at " + e.getKey() + ": " + cause(run));
            }
        }
        boolean all = s.graph().forward().keySet().stream()
                .allMatch(id ->
                        s.run(id).state() == StepState.VERIFIED || s.run(id).state() == StepState.SKIPPED);
        return all
                ? new Command.Finish(RunStatus.SUCCEEDED, "all steps done")
                : new Command.Finish(RunStatus.PARTIAL, "some lanes went back or some steps failed");
    }
}
