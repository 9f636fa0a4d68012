package io.gds.database.testkit.faults;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import java.time.Duration;

/**
 * The patch that host programs run in a suite of faults. Implementations are public, have a public constructor without
 * parameters, and are made in the host program's own process.
 */
public interface FaultPatch {
    /** The wish for a version, in short times. */
    PatchRequest to(String version);

    /**
     * Makes the plan; a rolling patch to the version unless an engine's own procedure is meant.
     *
     * @param version what the host program was given
     * @param turn how the primary's turn goes
     */
    default Plan plan(RollingPatcher patcher, DatabaseEngine engine, String version, PrimaryTurn turn) {
        return patcher.plan(engine, to(version).primaryTurn(turn));
    }

    /** What a person allows beforehand, such as the way to an older version. */
    default RunOptions options() {
        return RunOptions.none();
    }

    /** A patcher whose runs are free soon after their host program died. */
    default RollingPatcher patcher(Journal journal) {
        return RollingPatcher.builder(journal).leaseTime(Duration.ofSeconds(5)).build();
    }
}
