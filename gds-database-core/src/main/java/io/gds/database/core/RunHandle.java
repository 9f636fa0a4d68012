package io.gds.database.core;

import io.gds.database.gate.Approval;
import io.gds.database.run.RunId;
import io.gds.database.run.RunOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A run that another thread of this process drives. Thread-safe. Dropping the handle does not stop the run. */
public final class RunHandle {
    private final RunView view;
    private final CompletableFuture<RunOutcome> done;

    RunHandle(RunView view, CompletableFuture<RunOutcome> done) {
        this.view = view;
        this.done = done;
    }

    /** The run's name. */
    public RunId id() {
        return view.id();
    }

    /** The run as the journal knows it. */
    public RunView view() {
        return view;
    }

    /** Completes when the run ends, waits without a thread, or this process is deposed. */
    public CompletionStage<RunOutcome> outcome() {
        return done.minimalCompletionStage();
    }

    /** Waits for the outcome. */
    public RunOutcome join() {
        return done.join();
    }

    /** Asks the run to stop at the next safe point. */
    public void cancel(Approval by) {
        view.cancel(by);
    }
}
