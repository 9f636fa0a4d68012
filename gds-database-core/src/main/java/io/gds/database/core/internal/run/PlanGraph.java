package io.gds.database.core.internal.run;

import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What follows from a plan's edges: ancestors, bracket pairs, and which steps lie inside which bracket. Immutable. */
final class PlanGraph {
    private final Plan plan;
    private final Map<StepId, Set<StepId>> ancestors = new HashMap<>();
    private final Map<StepId, Step> closerOf = new HashMap<>();
    private final Map<StepId, Step> openerOf = new HashMap<>();
    private final Map<StepId, Set<StepId>> insideOf = new HashMap<>();
    private final Map<String, RunStep> forward = new LinkedHashMap<>();

    PlanGraph(Plan plan) {
        this.plan = plan;
        for (Step s : plan.steps()) { // in order, so ancestors of ancestors are known
            Set<StepId> all = new HashSet<>(s.after());
            s.after().forEach(a -> all.addAll(ancestors.getOrDefault(a, Set.of())));
            ancestors.put(s.id(), all);
        }
        pairBrackets();
        for (Step s : plan.steps()) {
            Set<StepId> openers = new HashSet<>();
            closerOf.forEach((opener, closer) -> {
                if (isBefore(opener, s.id()) && isBefore(s.id(), closer.id())) {
                    openers.add(opener);
                }
            });
            insideOf.put(s.id(), openers);
        }
        for (Step s : plan.steps()) {
            forward.put(
                    s.id().value(),
                    new RunStep(
                            s.id().value(),
                            s,
                            false,
                            s.action(),
                            s.params(),
                            names(s.after()),
                            names(insideOf.getOrDefault(s.id(), Set.of())),
                            s.isCloser(),
                            s.retry().attempts()));
        }
    }

    private void pairBrackets() {
        Map<String, Step> openers = new HashMap<>();
        plan.steps().stream().filter(Step::isOpener).forEach(s -> openers.put(bracket(s), s));
        for (Step s : plan.steps()) {
            Step opener = s.isCloser() ? openers.get(bracket(s)) : null;
            if (opener != null) {
                closerOf.put(opener.id(), s);
                openerOf.put(s.id(), opener);
            }
        }
    }

    private static String bracket(Step s) {
        return s.bracket().orElseThrow().bracket();
    }

    static Set<String> names(Set<StepId> ids) {
        Set<String> out = new TreeSet<>();
        ids.forEach(i -> out.add(i.value()));
        return out;
    }

    Plan plan() {
        return plan;
    }

    /** The plan's steps as the machine runs them, in order. */
    Map<String, RunStep> forward() {
        return forward;
    }

    /** Whether edges lead from one step to the other. */
    boolean isBefore(StepId first, StepId second) {
        return ancestors.getOrDefault(second, Set.of()).contains(first);
    }

    Step closerOf(Step opener) {
        Step s = closerOf.get(opener.id());
        if (s == null) {
            throw new IllegalStateException("plan checks let an opener without closer pass: " + opener.id());
        }
        return s;
    }

    Step openerOf(Step closer) {
        Step s = openerOf.get(closer.id());
        if (s == null) {
            throw new IllegalStateException("plan checks let a closer without opener pass: " + closer.id());
        }
        return s;
    }

    /** Openers of the brackets that a step lies inside. */
    Set<StepId> insideOf(StepId step) {
        return insideOf.getOrDefault(step, Set.of());
    }

    /** Steps that lie inside an opener's bracket. */
    List<Step> inside(Step opener) {
        List<Step> out = new ArrayList<>();
        plan.steps().stream()
                .filter(s -> insideOf(s.id()).contains(opener.id()))
                .forEach(out::add);
        return out;
    }
}
