package io.gds.database.run;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Params;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of a run's journal: append-only, ordered, safe to show (no secrets). Immutable. */
public final class RunEvent {
    /** What happened. More types may come: treat an unknown one as information. */
    public enum Type {
        /** The run was created. */
        RUN_CREATED,
        /** A process took the run's lease. */
        LEASE_TAKEN,
        /** A process gave the lease back, waiting or done. */
        LEASE_RELEASED,
        /** A finding was acknowledged by a named person. */
        FINDING_ACKNOWLEDGED,
        /** A gate was reached. */
        GATE_REACHED,
        /** A person approved a gate. */
        GATE_APPROVED,
        /** A gate opened. */
        GATE_OPENED,
        /** A gate's deadline passed. */
        GATE_EXPIRED,
        /** The facts of a step are durable; its effect follows. */
        STEP_INTENT,
        /** A step's handler stored progress. */
        STEP_CHECKPOINT,
        /** The effect of a step failed or its answer was lost; it will be probed. */
        STEP_ATTEMPT_FAILED,
        /** A detached or interrupted effect is called again to be finished. */
        STEP_CONTINUED,
        /** The effect of a step happened. */
        STEP_APPLIED,
        /** The live system shows the effect. */
        STEP_VERIFIED,
        /** The step goes back to planned: proven not done, another pass, a lost bracket, a retry. */
        STEP_REPLANNED,
        /** Nothing had to be done. */
        STEP_SKIPPED,
        /** The step failed. */
        STEP_FAILED,
        /** The effect was taken back. */
        STEP_UNDONE,
        /** Nobody can tell whether the effect happened. */
        STEP_UNKNOWN,
        /** A person said what is true of an unknown step. */
        STEP_SETTLED,
        /** A bracket was found to hold still after a take-over. */
        BRACKET_CONFIRMED,
        /** The way back begins, for the run or a lane. */
        WAY_BACK_STARTED,
        /** Somebody or something asks the run to stop. */
        CANCEL_REQUESTED,
        /** The availability probe's figures. */
        PROBE_REPORT,
        /** The run ended or needs help. */
        RUN_FINISHED,
        /** A run that had ended goes on: a retry or a requested rollback. */
        RUN_REOPENED,
        /** Something worth showing that changes no state; not journalled. */
        PROGRESS,
        /** A wait began or says something new; kept as a row, not as an event. */
        WAITING
    }

    private final RunId run;
    private final long seq;
    private final Instant at;
    private final Type type;
    private final @Nullable String step;
    private final Params data;

    private RunEvent(RunId run, long seq, Instant at, Type type, @Nullable String step, Params data) {
        this.run = requireNonNull(run, "run");
        this.seq = seq;
        this.at = requireNonNull(at, "at");
        this.type = requireNonNull(type, "type");
        this.step = step;
        this.data = requireNonNull(data, "data");
    }

    /** An event of the whole run. */
    public static RunEvent ofRun(RunId run, long seq, Instant at, Type type, Params data) {
        return new RunEvent(run, seq, at, type, null, data);
    }

    /** An event of a step. */
    public static RunEvent ofStep(RunId run, long seq, Instant at, Type type, String step, Params data) {
        return new RunEvent(run, seq, at, type, requireNonNull(step, "step"), data);
    }

    /** The run. */
    public RunId run() {
        return run;
    }

    /** Its place in the journal, from 1; 0 for events that are not journalled. */
    public long seq() {
        return seq;
    }

    /** When it happened, by the clock of the process that wrote it. */
    public Instant at() {
        return at;
    }

    /** What happened. */
    public Type type() {
        return type;
    }

    /** The step it is about; steps of the way back are named {@code back:} and the forward step's id. */
    public Optional<String> step() {
        return Optional.ofNullable(step);
    }

    /** More, by type. */
    public Params data() {
        return data;
    }

    @Override
    public String toString() {
        return seq + " " + at + " " + type + (step == null ? "" : " " + step) + (data.isEmpty() ? "" : " " + data);
    }
}
