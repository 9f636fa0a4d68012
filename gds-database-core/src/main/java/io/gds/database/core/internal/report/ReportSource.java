package io.gds.database.core.internal.report;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.time.Instant;
import java.util.List;

/**
 * What a report is made from. The same as the exported {@code RunRecord}; a type of this package, since internal
 * packages do not look back at the exported one.
 *
 * @param run the run
 * @param plan the plan it executes
 * @param status how it stands
 * @param createdAt when it was created
 * @param events its events, in order
 */
public record ReportSource(RunId run, Plan plan, RunStatus status, Instant createdAt, List<RunEvent> events) {
    /** Copies. */
    public ReportSource {
        events = List.copyOf(events);
    }
}
