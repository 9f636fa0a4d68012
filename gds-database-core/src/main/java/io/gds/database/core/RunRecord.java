package io.gds.database.core;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.time.Instant;
import java.util.List;

/**
 * All that the journal knows of a run, read at one instant. Reports are made from it and from nothing else.
 *
 * @param run the run
 * @param plan the plan it executes
 * @param status how it stands
 * @param createdAt when it was created
 * @param events its events, in order
 */
public record RunRecord(RunId run, Plan plan, RunStatus status, Instant createdAt, List<RunEvent> events) {
    /** Checks and copies. */
    public RunRecord {
        requireNonNull(run, "run");
        requireNonNull(plan, "plan");
        requireNonNull(status, "status");
        requireNonNull(createdAt, "createdAt");
        events = List.copyOf(events);
    }
}
