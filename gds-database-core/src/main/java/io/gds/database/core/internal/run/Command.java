package io.gds.database.core.internal.run;

import io.gds.database.core.internal.journal.Draft;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Gate;
import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import java.time.Instant;
import java.util.List;

/** What the decision core wants done next. The driver does it and journals what came of it. */
sealed interface Command {
    /**
     * Ask the handler whether and how the step goes on.
     *
     * @param step the step
     */
    record Prepare(RunStep step) implements Command {}

    /**
     * Make the effect; its facts are durable.
     *
     * @param step the step
     */
    record Apply(RunStep step) implements Command {}

    /**
     * Find out whether the effect happened.
     *
     * @param step the step
     */
    record Probe(RunStep step) implements Command {}

    /**
     * Look whether the effect shows.
     *
     * @param step the step
     */
    record Verify(RunStep step) implements Command {}

    /**
     * Look whether an open bracket still holds, since another process opened it.
     *
     * @param step the opener
     */
    record Confirm(RunStep step) implements Command {}

    /**
     * Evaluate a gate.
     *
     * @param step the step behind it
     * @param gate the gate
     */
    record Evaluate(RunStep step, Gate gate) implements Command {}

    /**
     * The step's time is over.
     *
     * @param step the step
     * @param finding why
     */
    record Fail(RunStep step, Finding finding) implements Command {}

    /**
     * The step does not take part.
     *
     * @param step the step
     * @param reason why
     */
    record Skip(RunStep step, String reason) implements Command {}

    /**
     * A bracket was closed ahead of its time, and something inside has still to go on: both its ends are planned again.
     *
     * @param opener what opens it
     * @param closer what closed it
     */
    record Renew(RunStep opener, RunStep closer) implements Command {
        List<Draft> drafts(Instant at) {
            Params lost = Params.of("kind", "lost", "reason", "closed when the run was taken over");
            Params ahead = Params.of("kind", "ahead", "reason", "its bracket opens again for what is left inside");
            return List.of(
                    new Draft(RunEvent.Type.STEP_REPLANNED, opener.id(), lost, at),
                    new Draft(RunEvent.Type.STEP_REPLANNED, closer.id(), ahead, at));
        }
    }

    /**
     * Begin a way back.
     *
     * @param scope the run or a lane
     * @param closeOnly whether only open brackets are closed
     * @param cancelled whether somebody asked for it
     * @param cause why
     */
    record GoBack(String scope, boolean closeOnly, boolean cancelled, Finding cause) implements Command {}

    /**
     * Nothing to do before then.
     *
     * @param until when to look again
     * @param what the step or gate that waits
     */
    record Await(Instant until, String what) implements Command {}

    /**
     * The run ends.
     *
     * @param status how
     * @param reason one line
     */
    record Finish(RunStatus status, String reason) implements Command {}
}
