package io.gds.database.core.internal.run;

import io.gds.database.plan.Finding;
import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Step;
import io.gds.database.run.StepState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a step may begin: edges, stops, locks, backoff. Reads the state and changes nothing of it. */
final class Readiness {
    private final RunState s;
    private final Map<String, Integer> taken = new HashMap<>();
    private final Optional<String> unknown;
    private final @Nullable Finding stopCause;

    Readiness(RunState s) {
        this.s = s;
        this.unknown = s.steps().keySet().stream()
                .filter(id -> s.run(id).state() == StepState.UNKNOWN)
                .findFirst();
        this.stopCause = findStopCause(s);
        s.steps().values().forEach(this::countHeld);
    }

    Optional<Return> runReturn() {
        Return found = null;
        for (Return r : s.returns()) {
            found = r.scope().equals(Return.RUN) ? r : found;
        }
        return Optional.ofNullable(found);
    }

    Optional<Return> laneReturn(String lane) {
        return s.returns().stream().filter(r -> r.scope().equals(lane)).findFirst();
    }

    Optional<String> unknown() {
        return unknown;
    }

    /** Why the whole run must stop; null when it need not. */
    @Nullable
    Finding runStopCause() {
        return stopCause;
    }

    private static @Nullable Finding findStopCause(RunState s) {
        if (s.stopCause() != null) {
            return s.stopCause();
        }
        for (RunStep step : s.graph().forward().values()) {
            StepRun run = s.run(step.id());
            if (run.state() == StepState.FAILED && step.source().onFailure() == OnFailure.STOP_RUN) {
                return run.failure();
            }
        }
        return null;
    }

    /** Whether nothing new may begin in a lane. */
    boolean isStopping(String lane) {
        return unknown().isPresent() || runStopCause() != null || laneStopped(lane);
    }

    private boolean laneStopped(String lane) {
        return laneReturn(lane).isPresent()
                || s.graph().forward().values().stream()
                        .anyMatch(x -> x.source().lane().equals(lane)
                                && x.source().onFailure() == OnFailure.STOP_LANE
                                && s.run(x.id()).state() == StepState.FAILED);
    }

    /** Whether an effect is under way in a lane, or anywhere when no lane is given. */
    boolean intentOpen(@Nullable String lane) {
        return s.graph().forward().values().stream()
                .anyMatch(x -> (lane == null || x.source().lane().equals(lane))
                        && s.run(x.id()).state() == StepState.INTENT);
    }

    boolean dependenciesMet(RunStep step) {
        return step.after().stream()
                .allMatch(id -> forwardSettled(s.graph().forward().get(id), step));
    }

    private boolean forwardSettled(@Nullable RunStep dep, RunStep of) {
        if (dep == null) {
            return true;
        }
        StepState state = s.run(dep.id()).state();
        if (state == StepState.VERIFIED || state == StepState.SKIPPED) {
            return true;
        }
        Step source = dep.source();
        if (state == StepState.FAILED && source.onFailure() == OnFailure.CONTINUE) {
            return true;
        }
        return !source.lane().equals(of.source().lane())
                && laneReturn(source.lane()).map(this::complete).orElse(false);
    }

    private boolean complete(Return way) {
        return way.steps().stream().allMatch(b -> backSettled(b.id()) || dead(b.id(), new HashSet<>()));
    }

    /** What restores runs even when something before it failed for good; everything else needs all before it. */
    boolean backDependenciesMet(RunStep step) {
        return step.after().stream().allMatch(d -> backSettled(d) || (step.closes() && dead(d, new HashSet<>())));
    }

    private boolean backSettled(String id) {
        StepState state = s.run(id).state();
        return state == StepState.VERIFIED || state == StepState.SKIPPED;
    }

    private boolean dead(String id, Set<String> seen) {
        StepState state = s.run(id).state();
        if (state == StepState.FAILED) {
            return true;
        }
        RunStep step = s.steps().get(id);
        return state == StepState.PLANNED
                && step != null
                && !step.closes()
                && seen.add(id)
                && step.after().stream().anyMatch(d -> dead(d, seen));
    }

    Instant notBefore(RunStep step) {
        StepRun run = s.run(step.id());
        Instant failed = run.lastFailureAt();
        return failed == null || run.failures() == 0
                ? Instant.MIN
                : failed.plus(step.source().retry().before(run.failures() + 1));
    }

    private void countHeld(RunStep step) {
        StepState state = s.run(step.id()).state();
        boolean working = state == StepState.INTENT || state == StepState.APPLIED;
        if (working || (state == StepState.VERIFIED && holdsOpen(step))) {
            locksOf(step).forEach((lock, n) -> taken.merge(lock, n, Integer::sum));
        }
    }

    /** Whether a verified step keeps a bracket open, forward or opened again on the way back. */
    private boolean holdsOpen(RunStep step) {
        boolean opens = step.back() ? step.source().isCloser() : step.source().isOpener();
        return opens
                && s.closing(step)
                        .filter(c -> !s.run(c.id()).state().isSettled())
                        .isPresent();
    }

    /** What closes on the way back needs no permit: the opener that it closes holds it until then. */
    private Map<String, Integer> locksOf(RunStep step) {
        if (step.back() && step.closes()) {
            return Map.of();
        }
        Step source = step.source();
        if (!step.back() || !source.isCloser()) {
            return source.locks();
        }
        Step opener = s.graph().openerOf(source);
        boolean held = s.step(opener.id()).state() == StepState.VERIFIED
                && !s.step(source.id()).state().isSettled(); // half closed: the first opener still holds them
        return held ? Map.of() : opener.locks();
    }

    /** Takes the step's permits for this decision when all of them are free. */
    boolean takeLocks(RunStep step) {
        Map<String, Integer> locks = locksOf(step);
        boolean free = locks.entrySet().stream()
                .allMatch(l -> taken.getOrDefault(l.getKey(), 0) + l.getValue()
                        <= s.plan().locks().getOrDefault(l.getKey(), 1));
        if (free) {
            locks.forEach((lock, n) -> taken.merge(lock, n, Integer::sum));
        }
        return free;
    }
}
