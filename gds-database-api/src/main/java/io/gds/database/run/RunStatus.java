package io.gds.database.run;

/** How a run stands or ended. */
public enum RunStatus {
    /** A process drives it, or drove it until it died. */
    RUNNING,
    /** It waits for a gate or a fact, without a thread. */
    WAITING,
    /** Every step is done. */
    SUCCEEDED,
    /** Some lanes are done, others went back. */
    PARTIAL,
    /** The way back was gone to its end. */
    ROLLED_BACK,
    /** It stopped and needs somebody's help. */
    FAILED,
    /** Somebody stopped it; its brackets are closed. */
    CANCELLED,
    /** Nobody can tell whether an effect happened; a person must settle a step. */
    UNDETERMINED;

    /** Whether the run is over and holds no claims. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == PARTIAL || this == ROLLED_BACK || this == CANCELLED;
    }
}
