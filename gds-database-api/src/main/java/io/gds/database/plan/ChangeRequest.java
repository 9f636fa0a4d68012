package io.gds.database.plan;

/** A caller's wish for a change; a {@code Procedure} turns it into a plan. Implementations are immutable. */
public interface ChangeRequest {
    /** The wish in one line, for titles and reports. */
    String describe();
}
