package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Gate;
import io.gds.database.plan.Params;

/**
 * A step that an engine wants behind a patch. There is no way back behind it, which is why it has a gate.
 *
 * @param name unique within the plan
 * @param title one line for people
 * @param action what it does
 * @param params its parameters
 * @param gate what must open before
 */
public record StepDraft(String name, String title, ActionId action, Params params, Gate gate) {
    /** Checks the parts. */
    public StepDraft {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(action, "action");
        requireNonNull(params, "params");
        requireNonNull(gate, "gate");
    }
}
