package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * Says that a step opens or closes a bracket: a temporary change that is restored on success as on failure.
 *
 * @param bracket the bracket's name, unique within its plan
 * @param side which end this step is
 * @param urgent whether the change hurts while it lasts, so that it holds no gate and closes first after a stop
 */
public record BracketEnd(String bracket, Side side, boolean urgent) {
    /** The two ends of a bracket. */
    public enum Side {
        /** Makes the temporary change. */
        OPENS,
        /** Restores what was. */
        CLOSES
    }

    /** Checks the parts. */
    public BracketEnd {
        requireNonNull(bracket, "bracket");
        requireNonNull(side, "side");
    }
}
