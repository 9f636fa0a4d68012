package io.gds.database.run;

import io.gds.database.error.GdsDatabaseException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a step stands in the journal. {@link #legalNext()} is the one table of legal edges. */
public enum StepState {
    /** Not begun, or proven not done. */
    PLANNED,
    /** Its facts are durable; its effect may or may not have happened. */
    INTENT,
    /** Its effect happened; not verified yet. */
    APPLIED,
    /** The live system shows the effect. */
    VERIFIED,
    /** It will not succeed without somebody's help. */
    FAILED,
    /** Nothing had to be done. */
    SKIPPED,
    /** Its effect was taken back. */
    UNDONE,
    /** Nobody can tell whether its effect happened; a person must settle it. */
    UNKNOWN;

    private static final Map<StepState, Set<StepState>> EDGES = new EnumMap<>(StepState.class);

    static {
        EDGES.put(PLANNED, EnumSet.of(INTENT, SKIPPED, FAILED));
        EDGES.put(INTENT, EnumSet.of(APPLIED, PLANNED, FAILED, UNKNOWN, UNDONE));
        EDGES.put(APPLIED, EnumSet.of(VERIFIED, PLANNED, FAILED, UNKNOWN, UNDONE));
        EDGES.put(VERIFIED, EnumSet.of(PLANNED, UNDONE));
        EDGES.put(FAILED, EnumSet.of(PLANNED, UNDONE));
        EDGES.put(SKIPPED, EnumSet.of(PLANNED)); // the closer of a bracket that is opened again
        EDGES.put(UNDONE, EnumSet.noneOf(StepState.class));
        EDGES.put(UNKNOWN, EnumSet.of(APPLIED, PLANNED));
    }

    /** The states that may follow. */
    public Set<StepState> legalNext() {
        return Set.copyOf(EDGES.getOrDefault(this, Set.of()));
    }

    /**
     * Goes over an edge.
     *
     * @param next the state to reach
     * @param step what is moved, for the message
     * @return {@code next}
     * @throws GdsDatabaseException with code {@code GDS-ILLEGAL-EDGE} when the table has no such edge
     */
    public StepState to(StepState next, String step) {
        if (!legalNext().contains(next)) {
            throw GdsDatabaseException.internal("GDS-ILLEGAL-EDGE")
                    .message("step " + step + " cannot go from " + this + " to " + next + "; legal: " + legalNext()
                            + ".")
                    .remedy("report this with the run's journal; the run has not been changed.")
                    .build();
        }
        return next;
    }

    /** Whether the step needs nothing more on its road. */
    public boolean isSettled() {
        return this == VERIFIED || this == SKIPPED || this == UNDONE;
    }
}
