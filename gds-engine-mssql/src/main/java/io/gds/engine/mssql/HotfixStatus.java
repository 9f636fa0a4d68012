package io.gds.engine.mssql;

import java.util.Locale;

/** What became of a target, or of one of its steps. */
public enum HotfixStatus {
    /** Not begun. */
    PENDING,
    /** Begun and not at its end. */
    IN_PROGRESS,
    /** At its end, as it was wished. */
    SUCCESS,
    /** At its end; something that was not required failed. */
    PARTIAL,
    /** At its end, and not as it was wished. */
    FAILED,
    /** There was nothing to do, or it was not allowed. */
    SKIPPED,
    /** Taken back. */
    UNDONE,
    /** Nobody can tell; a person has to settle it. */
    UNKNOWN;

    /**
     * By its word in reports and in the history.
     *
     * @throws IllegalArgumentException when there is no such word
     */
    public static HotfixStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** What stands in a report: {@code in_progress}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
