package io.gds.database.core.internal.run;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import java.util.Set;

/**
 * A step as the machine runs it: a step of the plan, or one of the way back that was made from it.
 *
 * @param id its name in the journal
 * @param source the step of the plan
 * @param back whether it belongs to the way back
 * @param action what it does
 * @param params with which parameters, references not yet filled in
 * @param after what must be settled before
 * @param insideOf openers that must be found to hold before it begins
 * @param closes whether it restores a temporary change, and so runs also when others failed
 * @param attempts how often it may be tried
 */
record RunStep(
        String id,
        Step source,
        boolean back,
        ActionId action,
        Params params,
        Set<String> after,
        Set<String> insideOf,
        boolean closes,
        int attempts) {
    /** Names the steps of the first way back {@code back:}, of the second {@code back2:}, and so on. */
    static String backName(int wayBack, Step of) {
        return "back" + (wayBack == 1 ? "" : wayBack) + ":" + of.id();
    }

    /** Whether it makes sure of something that must hold after every way back. */
    boolean ensures() {
        return back && closes && source.bracket().isEmpty();
    }

    RunStep {
        after = Set.copyOf(after);
        insideOf = Set.copyOf(insideOf);
    }
}
