package io.gds.database.run;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import java.time.Instant;

/**
 * How a run stands when the call that drove it returns. Expected results are values; only {@link #orElseThrow()} throws.
 */
public sealed interface RunOutcome {
    /** The run. */
    RunId run();

    /** The same as the type, for code that cannot match types. */
    RunStatus status();

    /** One line for people. */
    String summary();

    /** Whether the wish was fulfilled. */
    default boolean isSuccess() {
        return status() == RunStatus.SUCCEEDED;
    }

    /**
     * Returns this outcome when the run succeeded or waits.
     *
     * @throws GdsDatabaseException with code {@code GDS-RUN-} and the status otherwise
     */
    default RunOutcome orElseThrow() {
        if (isSuccess() || status() == RunStatus.WAITING) {
            return this;
        }
        throw GdsDatabaseException.engine("GDS-RUN-" + status())
                .message("run " + run() + " ended as " + status() + ": " + summary())
                .remedy("read the report of run " + run() + "; resume, settle, retry or roll back as it says.")
                .build();
    }

    /**
     * Every step is done.
     *
     * @param run the run
     * @param summary one line
     */
    record Succeeded(RunId run, String summary) implements RunOutcome {
        @Override
        public RunStatus status() {
            return RunStatus.SUCCEEDED;
        }
    }

    /**
     * Some lanes are done, others went back.
     *
     * @param run the run
     * @param summary one line
     */
    record Partial(RunId run, String summary) implements RunOutcome {
        @Override
        public RunStatus status() {
            return RunStatus.PARTIAL;
        }
    }

    /**
     * The run waits without a thread; {@code resume} or {@code resumeDue} carries on.
     *
     * @param run the run
     * @param gate the gate or step that waits
     * @param blocked what the wait says
     * @param until when it is worth looking again
     */
    record Waiting(RunId run, String gate, Blocked blocked, Instant until) implements RunOutcome {
        @Override
        public RunStatus status() {
            return RunStatus.WAITING;
        }

        @Override
        public String summary() {
            return gate + " waits: " + blocked;
        }
    }

    /**
     * The way back was gone to its end.
     *
     * @param run the run
     * @param cause what made it go back
     * @param ledTo where it led: {@code as found}, or the last seal
     */
    record RolledBack(RunId run, Finding cause, String ledTo) implements RunOutcome {
        @Override
        public RunStatus status() {
            return RunStatus.ROLLED_BACK;
        }

        @Override
        public String summary() {
            return ledTo + " after " + cause;
        }
    }

    /**
     * The run stopped and needs somebody's help.
     *
     * @param run the run
     * @param cause what stopped it, with the remedy
     */
    record Failed(RunId run, Finding cause) implements RunOutcome {
        @Override
        public RunStatus status() {
            return RunStatus.FAILED;
        }

        @Override
        public String summary() {
            return cause.toString();
        }
    }

    /**
     * Somebody stopped it; its brackets are closed.
     *
     * @param run the run
     * @param reason why
     */
    record Cancelled(RunId run, String reason) implements RunOutcome {
        @Override
        public RunStatus status() {
            return RunStatus.CANCELLED;
        }

        @Override
        public String summary() {
            return reason;
        }
    }

    /**
     * Nobody can tell whether the effect of a step happened; a person must say what is true.
     *
     * @param run the run
     * @param step the step
     * @param observed what was seen
     * @param settles what would settle it
     */
    record Undetermined(RunId run, String step, String observed, String settles) implements RunOutcome {
        @Override
        public RunStatus status() {
            return RunStatus.UNDETERMINED;
        }

        @Override
        public String summary() {
            return "step " + step + ": " + observed + "; " + settles;
        }
    }
}
