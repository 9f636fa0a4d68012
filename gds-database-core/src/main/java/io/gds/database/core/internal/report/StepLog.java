package io.gds.database.core.internal.report;

import io.gds.database.core.internal.report.StepSpan.End;
import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import io.gds.database.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one step went, folded from its events. Mutable while events are fed; takes any order that a journal may hold. */
final class StepLog {
    /** A pass that has ended, or that goes on when the journal ends. */
    record Pass(Interval time, End end) {}

    private final List<Pass> passes = new ArrayList<>();
    private @Nullable Instant open;
    private StepState state = StepState.PLANNED;
    private int attempts;
    private String note = "";
    private Params facts = Params.empty();

    void feed(RunEvent e) {
        Instant at = e.at();
        Params data = e.data();
        switch (e.type()) {
            case STEP_INTENT -> {
                open = open == null ? at : open;
                state = StepState.INTENT;
                attempts++;
                facts = facts.with(Data.object(data, "facts"));
            }
            case STEP_CONTINUED -> open = open == null ? at : open;
            case STEP_ATTEMPT_FAILED -> note = Data.text(data, "reason");
            case STEP_APPLIED -> {
                open = open == null ? at : open;
                state = StepState.APPLIED;
                facts = facts.with(Data.object(data, "facts"));
            }
            case STEP_VERIFIED -> {
                end(at, End.VERIFIED, StepState.VERIFIED, "");
                facts = facts.with(Data.object(data, "facts"));
            }
            case STEP_REPLANNED -> {
                if (open == null) {
                    state = StepState.PLANNED;
                } else {
                    end(at, End.AGAIN, StepState.PLANNED, Data.text(data, "reason"));
                }
            }
            case STEP_SKIPPED -> end(at, End.SKIPPED, StepState.SKIPPED, Data.text(data, "reason"));
            case STEP_FAILED -> end(at, End.FAILED, StepState.FAILED, Data.text(data, "reason"));
            case STEP_UNKNOWN -> end(at, End.UNKNOWN, StepState.UNKNOWN, Data.text(data, "observed"));
            case STEP_SETTLED -> settled(at, data);
            case STEP_UNDONE -> {
                if (open == null) {
                    state = StepState.UNDONE;
                } else {
                    end(at, End.UNDONE, StepState.UNDONE, note);
                }
            }
            default -> {}
        }
    }

    private void settled(Instant at, Params data) {
        String as = Data.text(data, "as").toUpperCase(Locale.ROOT);
        boolean done = as.equals("DONE") || as.equals("APPLIED") || as.equals("VERIFIED");
        state = done ? StepState.APPLIED : StepState.PLANNED;
        open = done ? at : null;
        note = "settled as " + as + " by " + Data.text(data, "by") + ": " + Data.text(data, "reason");
    }

    private void end(Instant at, End end, StepState next, String why) {
        passes.add(new Pass(new Interval(open == null ? at : open, at), end));
        open = null;
        state = next;
        note = why;
    }

    /** All passes; one that has not ended lasts until the given end. */
    List<Pass> passes(Instant until) {
        List<Pass> out = new ArrayList<>(passes);
        if (open != null) {
            out.add(new Pass(new Interval(open, until), End.OPEN));
        }
        return out;
    }

    Duration spent(Instant until) {
        return Interval.total(passes(until).stream().map(Pass::time).toList());
    }

    Optional<Interval> extent(Instant until) {
        List<Pass> all = passes(until);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Interval(
                        all.get(0).time().from(), all.get(all.size() - 1).time().to()));
    }

    StepState state() {
        return state;
    }

    int attempts() {
        return attempts;
    }

    String note() {
        return note;
    }

    Params facts() {
        return facts;
    }
}
