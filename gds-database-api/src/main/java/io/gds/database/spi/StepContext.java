package io.gds.database.spi;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.NamedOverride;
import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a handler gets for one call. Confined to the thread of that call, except {@link #cancellation()}.
 *
 * @param <E> the engine
 */
public interface StepContext<E extends DatabaseEngine> {
    /** The cluster. */
    E engine();

    /** The run. */
    RunId run();

    /** The step, as planned. */
    Step step();

    /** The step's parameters with every reference to earlier facts filled in. */
    Params params();

    /** The facts that {@code prepare} gave and that were committed with INTENT; empty in {@code prepare}. */
    Params facts();

    /** The facts of the step that this one undoes or closes, as they were first; empty for other steps. */
    Params firstFacts();

    /**
     * For a step that closes a bracket: the facts of the opening that it closes. A bracket may be opened more than once, when
     * a run is taken over or taken back; {@link #firstFacts()} says what was before all of that. Those first facts for other
     * steps.
     */
    default Params openingFacts() {
        return firstFacts();
    }

    /** What earlier steps of an action journalled in this run, in the order of the plan; only those that are done. */
    default List<Params> earlier(ActionId action) {
        return List.of();
    }

    /** Names this step of this run for detached jobs; the same on every attempt and after a crash. */
    String key();

    /** 1 for the first pass of prepare and apply, 2 for the second, and so on. */
    int pass();

    /**
     * Makes sure that this process still leads the run. Called right before an effect.
     *
     * @throws io.gds.database.error.DeposedException when another process took over
     */
    void fence();

    /** The only clock a handler asks. */
    Clock clock();

    /** Resolves secret references. */
    Secrets secrets();

    /** A decision somebody made by name; empty when nobody did. */
    Optional<NamedOverride> override(String name);

    /** Tells listeners what goes on; not journalled. */
    void progress(String text);

    /** Stores something durably for later calls of this step, also after a crash; replaces what was stored. */
    void checkpoint(Params values);

    /** What {@link #checkpoint} stored last in this pass; empty when nothing. */
    Params checkpointed();

    /** Tells when to stop. */
    Cancellation cancellation();
}
