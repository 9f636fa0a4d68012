package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * Says that a step opens or closes a bracket: a temporary change that is restored on success as on failure.
 *
 * @param bracket the bracket's name, unique within its plan
 * @param side which end this step is
 * @param urgency how early it closes when things do not go on as planned; both ends say the same
 */
public record BracketEnd(String bracket, Side side, Urgency urgency) {
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
        requireNonNull(urgency, "urgency");
    }
}
