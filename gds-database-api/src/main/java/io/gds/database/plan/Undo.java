package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * How a step's effect is taken back: an ordinary action that is printed, journalled, probed and verified like any other.
 *
 * @param action what to do
 * @param params with which parameters; references may name the facts of the step that is undone
 */
public record Undo(ActionId action, Params params) {
    /** Checks the parts. */
    public Undo {
        requireNonNull(action, "action");
        requireNonNull(params, "params");
    }
}
