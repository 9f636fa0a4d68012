package io.gds.database.core.internal.report;

import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.run.RunEvent;
import io.gds.database.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How all steps of a run went, forward and back. */
final class Steps {
    static final String CLUSTER = "cluster";
    private static final Pattern BACK = Pattern.compile("back\\d*:(.+)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^.}]+)\\.([^}]+)}");

    private final Plan plan;
    private final Instant until;
    private final Map<String, StepLog> logs = new LinkedHashMap<>();

    Steps(Plan plan, List<RunEvent> events, Instant until) {
        this.plan = plan;
        this.until = until;
        events.forEach(e -> e.step()
                .ifPresent(s -> logs.computeIfAbsent(s, x -> new StepLog()).feed(e)));
    }

    /** Whether a journal name belongs to the way back. */
    static boolean isBack(String step) {
        return BACK.matcher(step).matches();
    }

    /** The plan's name of a step of either way. */
    static String forward(String step) {
        Matcher m = BACK.matcher(step);
        return m.matches() ? m.group(1) : step;
    }

    Optional<StepLog> log(String step) {
        return Optional.ofNullable(logs.get(step));
    }

    StepState state(Step step) {
        return log(step.id().value()).map(StepLog::state).orElse(StepState.PLANNED);
    }

    Duration spent(StepLog log) {
        return log.spent(until);
    }

    Optional<Interval> extent(StepLog log) {
        return log.extent(until);
    }

    /** The journal names of the steps that went back over a step. */
    List<String> backOf(Step step) {
        return logs.keySet().stream()
                .filter(s -> isBack(s) && forward(s).equals(step.id().value()))
                .toList();
    }

    /** All passes of all steps, in the order in which steps began. */
    List<StepSpan> spans() {
        List<StepSpan> out = new ArrayList<>();
        logs.forEach((name, log) -> {
            Optional<Step> step = find(name);
            for (StepLog.Pass p : log.passes(until)) {
                out.add(new StepSpan(
                        name,
                        step.map(s -> plan.steps().indexOf(s) + 1).orElse(0),
                        step.map(this::lane).orElse(CLUSTER),
                        step.map(Step::title).orElse(name),
                        isBack(name),
                        p.time(),
                        p.end()));
            }
        });
        return out;
    }

    Optional<Step> find(String name) {
        String wanted = forward(name);
        return plan.steps().stream().filter(s -> s.id().value().equals(wanted)).findFirst();
    }

    /** Where a step acts; a late choice is looked up in the facts of the step that made it. */
    String lane(Step step) {
        Matcher m = REFERENCE.matcher(step.target());
        if (!m.matches()) {
            return step.target();
        }
        return log(m.group(1)).flatMap(l -> Data.some(l.facts(), m.group(2))).orElse(CLUSTER);
    }

    /** The cluster first, then members as the plan meets them. */
    List<String> lanes() {
        Collection<String> out = new LinkedHashSet<>();
        if (plan.steps().stream().anyMatch(s -> lane(s).equals(CLUSTER))
                || spans().stream().anyMatch(s -> s.lane().equals(CLUSTER))) {
            out.add(CLUSTER);
        }
        plan.steps().forEach(s -> out.add(lane(s)));
        return List.copyOf(out);
    }
}
