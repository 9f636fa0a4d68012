package io.gds.database.plan;

/** What a failed step means for the others. */
public enum OnFailure {
    /** The run stops and goes its way back. */
    STOP_RUN,
    /** The step's lane stops and goes back; other lanes go on, and the run ends as partial. */
    STOP_LANE,
    /** Nothing else stops; the run ends as partial. */
    CONTINUE
}
