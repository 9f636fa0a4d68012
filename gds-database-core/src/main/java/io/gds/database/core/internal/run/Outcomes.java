package io.gds.database.core.internal.run;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.run.RunId;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.time.Duration;
import java.time.Instant;

/** Outcomes as the journal holds them. */
public final class Outcomes {
    private Outcomes() {}

    static Params document(RunState s, Command.Finish end) {
        Params doc = Params.of("status", end.status(), "reason", end.reason());
        Finding cause = cause(s, end);
        return cause == null ? doc : doc.with("finding", cause.document());
    }

    private static @org.jspecify.annotations.Nullable Finding cause(RunState s, Command.Finish end) {
        if (end.status() == RunStatus.FAILED) {
            for (RunStep step : s.steps().values()) {
                StepRun r = s.run(step.id());
                if (step.back() && r.failure() != null) {
                    return r.failure();
                }
            }
        }
        return s.returns().isEmpty()
                ? null
                : s.returns().get(s.returns().size() - 1).cause();
    }

    /** The outcome that a journalled end says. */
    public static RunOutcome read(RunId run, Params d) {
        RunStatus status = RunStatus.valueOf(d.string("status"));
        String reason = d.optionalString("reason").orElse("");
        Finding cause = d.has("finding")
                ? Finding.fromDocument(d.object("finding"))
                : Finding.block("GDS-RUN-STOPPED", run.value(), reason, "a run to its end", "read the report.");
        return switch (status) {
            case SUCCEEDED -> new RunOutcome.Succeeded(run, reason);
            case PARTIAL -> new RunOutcome.Partial(run, reason);
            case ROLLED_BACK -> new RunOutcome.RolledBack(run, cause, reason);
            case CANCELLED -> new RunOutcome.Cancelled(run, reason);
            case UNDETERMINED ->
                new RunOutcome.Undetermined(
                        run,
                        d.optionalString("step").orElse("?"),
                        d.optionalString("observed").orElse(reason),
                        d.optionalString("settles").orElse("look at the member, then settle the step"));
            default -> new RunOutcome.Failed(run, cause);
        };
    }

    /** The outcome of a run that waits. */
    public static RunOutcome waiting(RunId run, Params wait) {
        Blocked b = wait.has("blocked")
                ? Blocked.fromDocument(wait.object("blocked"))
                : new Blocked("the run waits", "its time", "resume", Duration.ofSeconds(1));
        Instant until = wait.has("due") ? Instant.parse(wait.string("due")) : Instant.EPOCH;
        return new RunOutcome.Waiting(run, wait.optionalString("what").orElse("run"), b, until);
    }
}
