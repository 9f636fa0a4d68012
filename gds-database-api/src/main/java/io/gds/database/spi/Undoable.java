package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

/**
 * How well a step's effect could be taken back now.
 *
 * @param kind how well
 * @param until until when, in words; empty for no limit
 * @param lost what would be lost, in words; empty for nothing
 */
public record Undoable(Kind kind, String until, String lost) {
    /** How well an effect can be taken back, best first. */
    public enum Kind {
        /** At any time and without loss. */
        FREE,
        /** Without loss for some time. */
        WITHIN_WINDOW,
        /** Only from a backup. */
        RESTORE_ONLY,
        /** Not at all. */
        IMPOSSIBLE
    }

    /** Checks the parts. */
    public Undoable {
        requireNonNull(kind, "kind");
        requireNonNull(until, "until");
        requireNonNull(lost, "lost");
    }

    /** At any time and without loss. */
    public static Undoable free() {
        return new Undoable(Kind.FREE, "", "");
    }

    /** Not at all. */
    public static Undoable impossible(String lost) {
        return new Undoable(Kind.IMPOSSIBLE, "", lost);
    }
}
