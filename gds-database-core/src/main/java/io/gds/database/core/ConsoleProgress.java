package io.gds.database.core;

import io.gds.database.core.internal.report.ProgressPrinter;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import java.io.PrintStream;
import java.time.Instant;

/**
 * Shows on a console how a run goes: on a terminal one line for each member, redrawn in place, with what it is at, for
 * how long, and how long that is expected to take; elsewhere a plain line for each event.
 *
 * <p>Thread-safe. It has no thread and no clock of its own: times are those of the events. A host that wants elapsed
 * times to move on between events calls {@link #refresh(Instant)}, say once a second.
 */
public final class ConsoleProgress implements RunListener {
    private final ProgressPrinter printer;

    private ConsoleProgress(ProgressPrinter printer) {
        this.printer = printer;
    }

    /**
     * Progress of one run.
     *
     * @param out where to
     * @param terminal whether it understands cursor movements, for example {@code System.console() != null}
     * @param plan what the run executes
     */
    public static ConsoleProgress on(PrintStream out, boolean terminal, Plan plan) {
        return new ConsoleProgress(new ProgressPrinter(out, terminal, plan));
    }

    @Override
    public void onEvent(RunEvent event) {
        printer.show(event);
    }

    /**
     * Redraws the live view; does nothing without a terminal or before the first event.
     *
     * @param now the time up to which elapsed times are counted
     */
    public void refresh(Instant now) {
        printer.refresh(now);
    }
}
