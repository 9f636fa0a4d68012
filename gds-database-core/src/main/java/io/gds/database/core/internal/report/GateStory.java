package io.gds.database.core.internal.report;

import io.gds.database.plan.Gate;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened at one gate. Mutable while events are fed. */
final class GateStory {
    private final String name;
    private String rule;
    private String step;
    private @Nullable Instant reached;
    private @Nullable Instant opened;
    private @Nullable Instant expired;
    private String openReason = "";
    private final List<Word> approvals = new ArrayList<>();

    private GateStory(String name, String rule, String step) {
        this.name = name;
        this.rule = rule;
        this.step = step;
    }

    /** All gates of the plan in its order, then those that only events name. */
    static List<GateStory> of(Plan plan, List<RunEvent> events) {
        Map<String, GateStory> out = new LinkedHashMap<>();
        for (Step s : plan.steps()) {
            if (s.gate().isPresent()) {
                Gate g = s.gate().get();
                out.put(g.name(), new GateStory(g.name(), rule(g.rule().describe()), s.id().value()));
            }
        }
        for (RunEvent e : events) {
            Data.some(e.data(), "gate").ifPresent(g -> out.computeIfAbsent(g, n -> new GateStory(n, "", ""))
                    .feed(e));
        }
        return List.copyOf(out.values());
    }

    /** The outermost brackets of a composed rule say nothing. */
    private static String rule(String text) {
        boolean composed = text.startsWith("(") && text.endsWith(")");
        return Words.iso(composed ? text.substring(1, text.length() - 1) : text);
    }

    private void feed(RunEvent e) {
        switch (e.type()) {
            case GATE_REACHED -> {
                reached = reached == null ? e.at() : reached;
                rule = rule.isEmpty() ? rule(Data.text(e.data(), "rule")) : rule;
                step = step.isEmpty() ? e.step().orElse(Data.text(e.data(), "step")) : step;
            }
            case GATE_APPROVED -> approvals.add(Word.of(e));
            case GATE_OPENED -> {
                opened = e.at();
                openReason = Words.iso(Data.text(e.data(), "reason"));
            }
            case GATE_EXPIRED -> expired = e.at();
            default -> {}
        }
    }

    /** From when it was reached until it opened, expired, or the journal ends. */
    Optional<Interval> held(Instant until) {
        return reached().map(r -> new Interval(r, opened().or(this::expired).orElse(until)));
    }

    String state() {
        if (opened != null) {
            return "open";
        }
        return expired != null ? "expired" : reached != null ? "waits" : "not reached";
    }

    String name() {
        return name;
    }

    String rule() {
        return rule;
    }

    String step() {
        return step;
    }

    Optional<Instant> reached() {
        return Optional.ofNullable(reached);
    }

    Optional<Instant> opened() {
        return Optional.ofNullable(opened);
    }

    Optional<Instant> expired() {
        return Optional.ofNullable(expired);
    }

    String openReason() {
        return openReason;
    }

    List<Word> approvals() {
        return List.copyOf(approvals);
    }
}
