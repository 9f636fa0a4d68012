package io.gds.database.core.internal.run;

import io.gds.database.plan.Finding;
import java.util.List;

/**
 * One way back: why, how far, and the steps it consists of.
 *
 * @param scope {@code run}, or the lane
 * @param closeOnly whether only open brackets are closed and no effect is taken back
 * @param cancelled whether somebody asked for it, so that the run ends as cancelled
 * @param cause what made it necessary
 * @param ledTo where it leads: as found, or the last seal
 * @param steps in order
 */
record Return(String scope, boolean closeOnly, boolean cancelled, Finding cause, String ledTo, List<RunStep> steps) {
    static final String RUN = "run";

    Return {
        steps = List.copyOf(steps);
    }
}
