package io.gds.database.core;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunOutcome;

/**
 * What a rehearsal on a clone showed. The clone is gone.
 *
 * @param outcome how the run on the clone ended
 * @param plan the rehearsed plan with measured durations beside it; its hash is unchanged
 */
public record Rehearsal(RunOutcome outcome, Plan plan) {
    /** Checks the parts. */
    public Rehearsal {
        requireNonNull(outcome, "outcome");
        requireNonNull(plan, "plan");
    }

    /** Whether clone, patch and validation succeeded. */
    public boolean isSuccess() {
        return outcome.isSuccess();
    }
}
