package io.gds.database.core.internal.report;

import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every member is at just now, folded from events as they come. Not thread-safe. */
public final class ProgressBoard {
    private static final class Row {
        private String step = "";
        private String title = "";
        private String state = "";
        private String detail = "";
        private @Nullable Instant since;
        private @Nullable Duration took;
    }

    private final Plan plan;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private int width = 7;

    /** A board with a row for each target of the plan. */
    public ProgressBoard(Plan plan) {
        this.plan = plan;
        if (plan.steps().stream().anyMatch(s -> s.target().equals(Steps.CLUSTER))) {
            row(Steps.CLUSTER);
        }
        plan.steps().stream().map(Step::target).filter(x -> !x.startsWith("${")).forEach(this::row);
    }

    private Row row(String member) {
        width = Math.max(width, Math.min(28, member.length()));
        return rows.computeIfAbsent(member, m -> new Row());
    }

    /** Takes an event in. Returns what deserves a line of its own, if anything. */
    public Optional<String> feed(RunEvent e) {
        e.step().ifPresent(step -> move(e, step));
        return ProgressWords.line(e, estimate(e));
    }

    private Optional<Duration> estimate(RunEvent e) {
        return e.step().filter(s -> !Steps.isBack(s)).flatMap(this::find).flatMap(s -> plan.estimates()
                .of(s.id()));
    }

    private Optional<Step> find(String journalName) {
        String name = Steps.forward(journalName);
        return plan.steps().stream().filter(s -> s.id().value().equals(name)).findFirst();
    }

    private void move(RunEvent e, String step) {
        Optional<Step> planned = find(step);
        Row r = row(planned.map(Step::target).filter(rows::containsKey).orElse(Steps.CLUSTER));
        String title = planned.map(Step::title).orElse(step);
        switch (e.type()) {
            case STEP_INTENT -> {
                r.since = r.step.equals(step) && r.since != null ? r.since : e.at();
                r.took = null;
                set(r, step, title, "running", "");
            }
            case STEP_APPLIED -> set(r, step, title, "verifying", "");
            case WAITING -> set(r, step, title, "waiting", Data.text(e.data(), "text"));
            case PROGRESS -> set(r, step, title, r.state, Data.text(e.data(), "text"));
            case STEP_ATTEMPT_FAILED -> set(r, step, title, "looking", Data.text(e.data(), "reason"));
            case STEP_REPLANNED -> set(r, step, title, "again", Data.text(e.data(), "reason"));
            case STEP_VERIFIED -> end(r, e, step, title, "done", "");
            case STEP_SKIPPED -> end(r, e, step, title, "skipped", Data.text(e.data(), "reason"));
            case STEP_FAILED -> end(r, e, step, title, "FAILED", Data.text(e.data(), "reason"));
            case STEP_UNKNOWN -> end(r, e, step, title, "UNKNOWN", Data.text(e.data(), "observed"));
            default -> {}
        }
    }

    private static void set(Row r, String step, String title, String state, String detail) {
        r.step = step;
        r.title = (Steps.isBack(step) ? "back: " : "") + title;
        r.state = state;
        r.detail = detail;
    }

    private static void end(Row r, RunEvent e, String step, String title, String state, String detail) {
        r.took = r.since == null || !r.step.equals(step) ? Duration.ZERO : Duration.between(r.since, e.at());
        r.since = null;
        set(r, step, title, state, detail);
    }

    /** The board as lines without line breaks, as of an instant. */
    public List<String> lines(Instant now) {
        List<String> out = new ArrayList<>();
        rows.forEach((member, r) -> {
            String name = String.format(Locale.ROOT, "%-" + width + "s", Plain.cut(member, width));
            String line = r.state.isEmpty()
                    ? "  " + name + "  " + Words.NONE
                    : String.format(
                            Locale.ROOT,
                            "%s %s  %-9s %-9s %s%s%s",
                            r.took == null ? "▸" : " ",
                            name,
                            r.state,
                            elapsed(r, now),
                            r.title,
                            expected(r),
                            r.detail.isEmpty() ? "" : " · " + Words.iso(r.detail));
            out.add(Plain.cut(Plain.line(line), 160));
        });
        return out;
    }

    private static String elapsed(Row r, Instant now) {
        if (r.took != null) {
            return Words.duration(r.took);
        }
        if (r.since == null) {
            return "";
        }
        // Whole seconds while it runs: a figure that flickers cannot be read.
        Duration d = Duration.between(r.since, now);
        return Words.duration(Duration.ofSeconds(Math.max(0, d.toSeconds())));
    }

    private String expected(Row r) {
        return r.took != null || Steps.isBack(r.step)
                ? ""
                : find(r.step)
                        .map(Step::id)
                        .flatMap((StepId id) -> plan.estimates().of(id))
                        .map(d -> " (about " + Words.duration(d) + ")")
                        .orElse("");
    }
}
