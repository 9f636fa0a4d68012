package io.gds.database.core.internal.run;

import io.gds.database.core.internal.journal.Draft;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What workers tell the coordinating thread. */
sealed interface Message {
    /**
     * A call ended with events.
     *
     * @param flight the call
     * @param drafts what to journal
     */
    record Done(Flight flight, List<Draft> drafts) implements Message {}

    /**
     * A call ended with a wait.
     *
     * @param flight the call
     * @param blocked what it says
     */
    record Waits(Flight flight, Blocked blocked) implements Message {}

    /**
     * A call ended the driving: deposed, or a crash planted by a test.
     *
     * @param flight the call
     * @param error why
     */
    record Died(Flight flight, Throwable error) implements Message {}

    /**
     * Something to show.
     *
     * @param step the step
     * @param text what
     */
    record Progress(String step, String text) implements Message {}

    /**
     * Something to store before the worker goes on.
     *
     * @param step the step
     * @param values what
     * @param stored completed when it is durable
     */
    record Checkpoint(String step, Params values, CompletableFuture<Boolean> stored) implements Message {}
}
