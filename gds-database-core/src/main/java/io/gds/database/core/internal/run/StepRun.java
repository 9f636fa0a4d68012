package io.gds.database.core.internal.run;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.StepState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one step stands, folded from its events. Mutable; owned by {@link RunState}. */
final class StepRun {
    private StepState state = StepState.PLANNED;
    private int pass = 1;
    private int failures;
    private String lastFailure = "";
    private boolean everIntent;
    private Params facts = Params.empty();
    private Params firstFacts = Params.empty();
    private Params checkpoint = Params.empty();
    private long intentEpoch;
    private boolean mustProbe;
    private long confirmedEpoch;
    private Instant confirmedAt = Instant.MIN;
    private @Nullable Instant intentAt;
    private @Nullable Instant lastFailureAt;
    private @Nullable Finding failure;

    StepState state() {
        return state;
    }

    int pass() {
        return pass;
    }

    /** Failed tries since the step was planned or retried. */
    int failures() {
        return failures;
    }

    /** What the last failed try said. */
    String lastFailure() {
        return lastFailure;
    }

    /** Whether the step may have had an effect that is not taken back. */
    boolean touched() {
        return everIntent && state != StepState.UNDONE;
    }

    /** Whether the step had an effect at some time, taken back or not. */
    boolean everTouched() {
        return everIntent;
    }

    Params facts() {
        return facts;
    }

    /** The facts of the first pass that had an effect: the pre-image that is restored. */
    Params firstFacts() {
        return firstFacts;
    }

    Params checkpoint() {
        return checkpoint;
    }

    long intentEpoch() {
        return intentEpoch;
    }

    boolean mustProbe() {
        return mustProbe;
    }

    long confirmedEpoch() {
        return confirmedEpoch;
    }

    /** When its effect was last seen to hold. */
    Instant confirmedAt() {
        return confirmedAt;
    }

    @Nullable
    Instant intentAt() {
        return intentAt;
    }

    @Nullable
    Instant lastFailureAt() {
        return lastFailureAt;
    }

    @Nullable
    Finding failure() {
        return failure;
    }

    void intent(String step, Params withFacts, long epoch, Instant at) {
        state = state.to(StepState.INTENT, step);
        facts = withFacts;
        if (!everIntent) {
            firstFacts = withFacts;
        }
        everIntent = true;
        intentEpoch = epoch;
        mustProbe = false;
        if (intentAt == null) {
            intentAt = at;
        }
    }

    void applied(String step, Params more) {
        state = state.to(StepState.APPLIED, step);
        facts = facts.with(more);
        firstFacts = more.with(firstFacts);
    }

    void verified(String step, Params more, long epoch, Instant at) {
        state = state.to(StepState.VERIFIED, step);
        facts = facts.with(more);
        firstFacts = more.with(firstFacts);
        confirmed(epoch, at);
    }

    void confirmed(long epoch, Instant at) {
        confirmedEpoch = epoch;
        confirmedAt = at;
    }

    void checkpoint(Params values) {
        checkpoint = values;
    }

    void attemptFailed(String reason, Instant at) {
        mustProbe = true;
        failures++;
        lastFailure = reason;
        lastFailureAt = at;
    }

    void continued(long epoch) {
        intentEpoch = epoch;
        mustProbe = false;
    }

    /** Back to planned: not done (another try), a further pass, a retry by a person, or a lost bracket. */
    void replanned(String step, String kind) {
        state = state.to(StepState.PLANNED, step);
        mustProbe = false;
        checkpoint = Params.empty();
        switch (kind) {
            case "not-done", "settled" -> {
                // proven without effect: if no earlier pass had one, there is nothing to take back
                if (pass == 1) {
                    everIntent = false;
                }
            }
            case "ahead" -> { // a closer: with its bracket opened again it is as if it had not run
                everIntent = false;
                failures = 0;
                intentAt = null;
            }
            case "again" -> pass++;
            case "retry" -> {
                pass++;
                failures = 0;
                intentAt = null;
                failure = null;
            }
            default -> { // a lost bracket is opened again with time and tries of its own
                intentAt = null;
                failures = 0;
            }
        }
    }

    void skipped(String step) {
        state = state.to(StepState.SKIPPED, step);
    }

    void failed(String step, Finding why) {
        state = state.to(StepState.FAILED, step);
        failure = why;
    }

    void undone(String step) {
        state = state.to(StepState.UNDONE, step);
    }

    void unknown(String step) {
        state = state.to(StepState.UNKNOWN, step);
    }
}
