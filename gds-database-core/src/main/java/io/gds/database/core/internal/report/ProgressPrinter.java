package io.gds.database.core.internal.report;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes progress: a board that is redrawn in place on a terminal, lines elsewhere. Thread-safe. */
public final class ProgressPrinter {
    private static final String ESC = "\u001b[";
    private static final String CLEAR_LINE = ESC + "2K";
    // A line that wrapped would break the count of lines to go up, so the terminal cuts lines while we draw.
    private static final String NO_WRAP = ESC + "?7l";
    private static final String WRAP = ESC + "?7h";

    private final PrintStream out;
    private final boolean terminal;
    private final ProgressBoard board;
    private final Map<String, Instant> begun = new HashMap<>();
    private @Nullable Instant start;
    private int drawn;

    /** A printer for one run. */
    public ProgressPrinter(PrintStream out, boolean terminal, Plan plan) {
        this.out = out;
        this.terminal = terminal;
        this.board = new ProgressBoard(plan);
    }

    /** Shows an event. */
    public synchronized void show(RunEvent e) {
        Instant began = start == null ? e.at() : start;
        start = began;
        Optional<String> line = board.feed(e);
        if (terminal) {
            boolean over = e.type() == RunEvent.Type.RUN_FINISHED;
            draw(ProgressWords.lasts(e.type()) ? line.map(l -> stamp(e, began) + l) : Optional.empty(), e.at());
            drawn = over ? 0 : drawn;
        } else {
            line.ifPresent(l -> out.println(stamp(e, began) + l + took(e)));
            out.flush();
        }
    }

    /** Redraws the board so that elapsed times move on; does nothing without a terminal. */
    public synchronized void refresh(Instant now) {
        if (terminal && drawn > 0) {
            draw(Optional.empty(), now);
        }
    }

    private void draw(Optional<String> above, Instant now) {
        StringBuilder s = new StringBuilder(NO_WRAP);
        if (drawn > 0) {
            s.append(ESC).append(drawn).append('A');
        }
        above.ifPresent(l -> s.append('\r').append(CLEAR_LINE).append(l).append('\n'));
        List<String> lines = board.lines(now);
        lines.forEach(l -> s.append('\r').append(CLEAR_LINE).append(l).append('\n'));
        drawn = lines.size();
        out.print(s.append(WRAP));
        out.flush();
    }

    private static String stamp(RunEvent e, Instant start) {
        return String.format("%s  +%-10s ", Words.time(e.at()), Words.duration(Duration.between(start, e.at())));
    }

    private String took(RunEvent e) {
        String step = e.step().orElse("");
        return switch (e.type()) {
            case STEP_INTENT -> {
                begun.putIfAbsent(step, e.at());
                yield "";
            }
            case STEP_VERIFIED, STEP_FAILED, STEP_UNKNOWN -> {
                Instant since = begun.remove(step);
                yield since == null ? "" : " (took " + Words.duration(Duration.between(since, e.at())) + ")";
            }
            default -> "";
        };
    }
}
