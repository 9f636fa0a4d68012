package io.gds.database.run;

import java.io.PrintStream;

/**
 * Watches a run and can do nothing else.
 *
 * <p>Called on the run's coordinating thread, in journal order, after the event is durable; a slow listener slows the
 * run down. What it throws is logged and ignored.
 */
@FunctionalInterface
public interface RunListener {
    /** Something happened. */
    void onEvent(RunEvent event);

    /** Watches nothing. */
    static RunListener none() {
        return event -> {};
    }

    /** Prints a line for each event that a person would want to see. */
    static RunListener printing(PrintStream out) {
        return new PrintingListener(out);
    }

    /** Calls several listeners; one that throws does not keep the event from the others. */
    static RunListener all(RunListener... listeners) {
        return new ListenerChain(java.util.List.of(listeners));
    }
}
