package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

/**
 * Where a simulated process dies.
 *
 * @param moment around what
 * @param number the how-manieth of it in the life of the process, from 1
 */
public record CrashPoint(Moment moment, int number) {
    /** Around what a process can die. */
    public enum Moment {
        /** Right before a write to the journal. */
        BEFORE_WRITE,
        /** Right after a write to the journal, before anybody learns that it is durable. */
        AFTER_WRITE,
        /** Between INTENT and the effect on the cluster. */
        BEFORE_EFFECT,
        /** After the effect on the cluster and before its outcome is known. */
        AFTER_EFFECT
    }

    /** Checks the parts. */
    public CrashPoint {
        requireNonNull(moment, "moment");
        if (number < 1) {
            throw new IllegalArgumentException("number: expected 1 or more, found " + number);
        }
    }

    @Override
    public String toString() {
        return moment + " " + number;
    }
}
