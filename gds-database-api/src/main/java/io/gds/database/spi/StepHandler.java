package io.gds.database.spi;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;

/**
 * Does one kind of step. Stateless and thread-safe: any process may call any method at any time.
 *
 * <p>The order of calls for a step is {@code prepare}, commit of the facts with INTENT, {@code apply}, {@code verify}
 * until it holds. After a crash or a lost answer {@code probe} decides how it goes on. No method sleeps: a wait is an
 * answer ({@code Hold}, {@code NotYet}, {@code InProgress}).
 *
 * @param <E> the engine
 */
public interface StepHandler<E extends DatabaseEngine> {
    /** The action it does. */
    ActionId action();

    /** One line for a dry run: what the step would do with these parameters. Must not block. */
    String describe(Params params);

    /**
     * Reads only: re-checks roles on the host itself, asks the safety kernel, makes a late choice, takes the image of
     * what will change. Called on a worker thread, may block, is repeated after {@code Hold}, a pass or a crash. What it
     * throws counts as a failed attempt with nothing done.
     */
    Prepared prepare(StepContext<E> context);

    /**
     * Makes one effect, or starts a detached job named by {@code context.key()}. Called on a worker thread after the
     * facts are durable; may block and must honour the cancellation; calls {@code context.fence()} right before the
     * effect; must be safe to call again when {@code probe} said PARTIAL. What it throws leads to {@code probe}, but for
     * {@link NotNowException}, by which it says that it changed nothing and is to be called again later.
     *
     * @return facts to add to those of {@code prepare}
     * @throws Exception whatever went wrong
     */
    Params apply(StepContext<E> context) throws Exception;

    /**
     * Reads the live system, through another channel than {@code apply} where there is one. Called on a worker thread
     * until it holds, fails, or the step's time is over; may block for seconds. What it throws counts as not yet.
     */
    Verdict verify(StepContext<E> context);

    /**
     * Finds out whether the effect happened. Called on a worker thread after a crash, or when {@code apply} threw or did
     * not return; may block for seconds; must not guess. What it throws counts as in progress.
     */
    Probed probe(StepContext<E> context);

    /** How well the effect could be taken back now; never better than the plan says. */
    default Undoable undoable(StepContext<E> context) {
        return Undoable.free();
    }
}
