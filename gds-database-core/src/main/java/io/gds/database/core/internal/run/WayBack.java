package io.gds.database.core.internal.run;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.plan.Undo;
import io.gds.database.run.StepState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the way back: the plan mirrored along reversed edges. A closer becomes its opener when something inside must be
 * undone, an effect its undo, an opener its closer. Open urgent brackets close before anything else. A pure function of
 * the plan and of how its steps stand.
 */
final class WayBack {
    private final PlanGraph graph;
    private final RunState state;
    private final String scope;
    private final boolean closeOnly;
    private final int number;
    private final Set<StepId> sealed = new HashSet<>();
    private String ledTo = "as found";

    private WayBack(PlanGraph graph, RunState state, String scope, boolean closeOnly) {
        this.graph = graph;
        this.state = state;
        this.scope = scope;
        this.closeOnly = closeOnly;
        this.number = state.returns().size() + 1;
    }

    static Return of(RunState state, String scope, boolean closeOnly, boolean cancelled, Finding cause) {
        WayBack way = new WayBack(state.graph(), state, scope, closeOnly);
        List<RunStep> steps = way.mirror();
        return new Return(scope, closeOnly, cancelled, cause, closeOnly ? "brackets closed" : way.ledTo, steps);
    }

    private List<RunStep> mirror() {
        findSeals();
        Map<StepId, RunStep> back = new LinkedHashMap<>();
        List<Step> reversed = new ArrayList<>(graph.plan().steps());
        Collections.reverse(reversed);
        for (Step s : reversed) {
            if (inScope(s)) {
                RunStep mirrored = mirrored(s);
                if (mirrored != null) {
                    back.put(s.id(), mirrored);
                }
            }
        }
        return withEdges(back);
    }

    private boolean inScope(Step s) {
        return scope.equals(Return.RUN) || s.lane().equals(scope);
    }

    private void findSeals() {
        for (Step s : graph.plan().steps()) {
            if (s.isSeal() && state.step(s.id()).touched()) {
                sealed.add(s.id());
                ledTo = "the seal " + s.id();
                graph.plan().steps().stream()
                        .map(Step::id)
                        .filter(id -> graph.isBefore(id, s.id()))
                        .forEach(sealed::add);
            }
        }
    }

    private @org.jspecify.annotations.Nullable RunStep mirrored(Step s) {
        if (s.isCloser()) {
            Step opener = graph.openerOf(s);
            boolean reopen = wasOpen(opener) && !state.brackets().isSimplyOpen(opener);
            return reopen && somethingInsideToUndo(opener) ? step(s, opener, true) : null;
        }
        if (s.isOpener()) {
            boolean close = wasOpen(s) && (state.brackets().mayBeOpen(s) || somethingInsideToUndo(s));
            return close ? step(s, graph.closerOf(s), false) : null;
        }
        boolean ensures = ensures(s);
        if (ensures ? !mustEnsure(s) : !mustUndo(s)) {
            return null;
        }
        Undo undo = s.undo().orElseThrow();
        return new RunStep(
                RunStep.backName(number, s), s, true, undo.action(), undo.params(), Set.of(), Set.of(), ensures, 3);
    }

    private boolean wasOpen(Step opener) {
        return opener.onlyBack().isPresent() || state.step(opener.id()).everTouched();
    }

    /** What is its own undo makes sure of something that must hold on either road, also when other steps failed. */
    private static boolean ensures(Step s) {
        return s.onlyBack().isEmpty()
                && s.undo()
                        .filter(u -> u.action().equals(s.action()) && u.params().equals(s.params()))
                        .isPresent();
    }

    /** A way that takes nothing back still ends with a look at what must hold for the whole run. */
    private boolean mustEnsure(Step s) {
        boolean takesBack = !closeOnly && !sealed.contains(s.id());
        return inScope(s)
                && state.step(s.id()).everTouched()
                && (takesBack || graph.insideOf(s.id()).isEmpty());
    }

    private boolean mustUndo(Step s) {
        if (closeOnly || s.undo().isEmpty() || ensures(s) || sealed.contains(s.id()) || !inScope(s)) {
            return false;
        }
        return s.onlyBack().isEmpty()
                ? state.step(s.id()).touched()
                : state.step(s.onlyBack().get()).everTouched() && !wentBackBefore(s);
    }

    private boolean wentBackBefore(Step s) {
        return state.returns().stream()
                .flatMap(way -> way.steps().stream())
                .anyMatch(b -> b.source().id().equals(s.id())
                        && state.run(b.id()).state().isSettled());
    }

    private boolean somethingInsideToUndo(Step opener) {
        return graph.inside(opener).stream().anyMatch(this::mustUndo);
    }

    /** The mirrored end of a bracket does what the other end does forward, with the other end's parameters. */
    private RunStep step(Step mirrored, Step does, boolean opens) {
        return new RunStep(
                RunStep.backName(number, mirrored),
                mirrored,
                true,
                does.action(),
                does.params(),
                Set.of(),
                Set.of(),
                !opens,
                3);
    }

    private List<RunStep> withEdges(Map<StepId, RunStep> back) {
        Set<String> urgentClosers = new TreeSet<>();
        back.forEach((id, step) -> {
            boolean stillOpen = step.source().isOpener()
                    && step.source().bracket().orElseThrow().urgency().closesFirst()
                    && !back.containsKey(graph.closerOf(step.source()).id());
            if (stillOpen) {
                urgentClosers.add(step.id());
            }
        });
        Map<StepId, String> names = new HashMap<>();
        back.forEach((id, step) -> names.put(id, step.id()));
        List<RunStep> out = new ArrayList<>();
        back.forEach((id, step) -> {
            Set<String> after = new TreeSet<>();
            if (urgentClosers.contains(step.id())) {
                urgentClosers.stream().filter(u -> u.compareTo(step.id()) < 0).forEach(after::add);
            } else {
                after.addAll(urgentClosers);
                names.forEach((other, name) -> {
                    if (graph.isBefore(id, other) && !urgentClosers.contains(name)) {
                        after.add(name);
                    }
                });
            }
            out.add(new RunStep(
                    step.id(),
                    step.source(),
                    true,
                    step.action(),
                    step.params(),
                    after,
                    openers(step, back),
                    step.closes(),
                    step.attempts()));
        });
        out.sort((a, b) -> Integer.compare(a.after().size(), b.after().size()));
        return out;
    }

    /** The opener that must still hold: the re-opened one, or the forward one while its bracket was never closed. */
    private Set<String> openers(RunStep step, Map<StepId, RunStep> back) {
        Set<String> out = new TreeSet<>();
        if (step.closes()) {
            return out;
        }
        for (StepId opener : graph.insideOf(step.source().id())) {
            Step closer = graph.closerOf(graph.plan().step(opener).orElseThrow());
            RunStep reopened = back.get(closer.id());
            if (reopened != null) {
                out.add(reopened.id());
            } else if (state.step(opener).state() == StepState.VERIFIED
                    && !closer.bracket().orElseThrow().urgency().closesFirst()) {
                out.add(opener.value());
            }
        }
        return out;
    }
}
