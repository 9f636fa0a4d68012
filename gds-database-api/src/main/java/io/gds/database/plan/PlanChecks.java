package io.gds.database.plan;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold for every plan before anybody runs it. */
final class PlanChecks {
    private PlanChecks() {}

    /** Steps in an order that respects the edges and otherwise keeps the given order. */
    static List<Step> inOrder(List<Step> steps) {
        Map<StepId, Step> left = new LinkedHashMap<>();
        for (Step s : steps) {
            if (left.put(s.id(), s) != null) {
                throw invalid(List.of(problem(s, "id", "a second step \"" + s.id() + "\"", "unique ids")));
            }
        }
        List<Problem> problems = new ArrayList<>();
        for (Step s : steps) {
            for (StepId a : s.after()) {
                if (!left.containsKey(a)) {
                    problems.add(problem(s, "after", a.value(), "a step of this plan"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
        List<Step> out = new ArrayList<>(steps.size());
        Set<StepId> done = new HashSet<>();
        while (!left.isEmpty()) {
            Step next = left.values().stream()
                    .filter(s -> done.containsAll(s.after()))
                    .findFirst()
                    .orElseThrow(() -> invalid(List.of(new Problem(
                            "plan", "after", "a circle through " + left.keySet(), "edges without a circle"))));
            left.remove(next.id());
            done.add(next.id());
            out.add(next);
        }
        return List.copyOf(out);
    }

    static void check(Plan plan) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Step> openers = new HashMap<>();
        Map<String, Step> closers = new HashMap<>();
        Set<String> gates = new HashSet<>();
        for (Step s : plan.steps()) {
            s.bracket().ifPresent(b -> {
                Map<String, Step> side = b.side() == BracketEnd.Side.OPENS ? openers : closers;
                if (side.put(b.bracket(), s) != null) {
                    problems.add(
                            problem(s, "bracket", "a second end of \"" + b.bracket() + "\"", "one opener, one closer"));
                }
            });
            s.gate().ifPresent(g -> {
                if (!gates.add(g.name())) {
                    problems.add(problem(s, "gate", "a second gate \"" + g.name() + "\"", "unique gate names"));
                }
            });
            s.locks().forEach((lock, permits) -> {
                if (permits < 1 || permits > plan.locks().getOrDefault(lock, 1)) {
                    problems.add(problem(
                            s,
                            "locks." + lock,
                            String.valueOf(permits),
                            "1 to " + plan.locks().getOrDefault(lock, 1) + " permits"));
                }
            });
            related(plan, s, problems);
            if (s.isSeal() && !gateBefore(plan, s)) {
                problems.add(problem(s, "seal", "no gate before it", "a gate on the seal or on a step before it"));
            }
        }
        openers.forEach((name, opener) -> {
            Step closer = closers.get(name);
            if (closer == null) {
                problems.add(problem(opener, "bracket", "nothing closes \"" + name + "\"", "exactly one closer"));
            } else if (!before(plan, opener, closer)) {
                problems.add(
                        problem(closer, "after", "no path from " + opener.id(), "a closer that follows its opener"));
            } else if (!opener.when().equals(closer.when())
                    || !opener.onlyBack().equals(closer.onlyBack())) {
                problems.add(problem(closer, "when", part(closer), part(opener) + ", as " + opener.id()));
            } else if (urgency(opener) != urgency(closer)) {
                problems.add(problem(
                        closer, "bracket", String.valueOf(urgency(closer)), urgency(opener) + ", as " + opener.id()));
            } else if (urgency(opener).closesFirst()) {
                plan.steps().stream()
                        .filter(s -> s.gate().isPresent() && before(plan, opener, s) && before(plan, s, closer))
                        .forEach(s -> problems.add(problem(
                                s,
                                "gate",
                                "inside the urgent bracket \"" + name + "\"",
                                "gates outside urgent brackets")));
            }
        });
        closers.forEach((name, closer) -> {
            if (!openers.containsKey(name)) {
                problems.add(problem(closer, "bracket", "nothing opens \"" + name + "\"", "exactly one opener"));
            }
        });
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
    }

    private static Urgency urgency(Step end) {
        return end.bracket().orElseThrow().urgency();
    }

    private static void related(Plan plan, Step s, List<Problem> problems) {
        s.when().ifPresent(c -> {
            if (plan.step(c.step()).filter(choice -> before(plan, choice, s)).isEmpty()) {
                problems.add(problem(s, "when", c.step().value(), "a step before it"));
            }
        });
        s.onlyBack().ifPresent(of -> {
            if (plan.step(of)
                    .filter(later -> before(plan, s, later) && later.onlyBack().isEmpty())
                    .isEmpty()) {
                problems.add(problem(s, "onlyBack", of.value(), "a step of the way there behind it"));
            }
            if (s.undo().isEmpty() && s.bracket().isEmpty()) {
                problems.add(problem(s, "undo", "none", "what this step does on the way back"));
            }
            if (s.gate().isPresent() || s.isSeal()) {
                problems.add(problem(s, "onlyBack", "a gate or a seal", "neither: both are for the way there"));
            }
        });
    }

    private static String part(Step s) {
        String when = s.when().map(Condition::toString).orElse("always");
        return s.onlyBack().map(of -> when + ", for the way back of " + of).orElse(when);
    }

    private static boolean gateBefore(Plan plan, Step seal) {
        return seal.gate().isPresent()
                || plan.steps().stream().anyMatch(s -> s.gate().isPresent() && before(plan, s, seal));
    }

    /** Whether a path of edges leads from one step to the other. */
    static boolean before(Plan plan, Step first, Step second) {
        Deque<StepId> open = new ArrayDeque<>(second.after());
        Set<StepId> seen = new HashSet<>();
        while (!open.isEmpty()) {
            StepId id = open.pop();
            if (id.equals(first.id())) {
                return true;
            }
            if (seen.add(id)) {
                plan.step(id).ifPresent(s -> open.addAll(s.after()));
            }
        }
        return false;
    }

    private static Problem problem(Step s, String field, String found, String expected) {
        return new Problem("step " + s.id(), field, found, expected);
    }

    private static InvalidSpecException invalid(List<Problem> problems) {
        return new InvalidSpecException("the plan", problems);
    }
}
