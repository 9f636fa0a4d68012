package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A real change of the fake cluster's state. What finds nothing to do is no effect.
 *
 * @param number from 1, never used twice
 * @param at when
 * @param kind what changed
 * @param subject the member, setting or table
 * @param detail more
 * @param step the run's step that did it ({@code run/step}); empty when it happened by itself
 */
public record Effect(int number, Instant at, Kind kind, String subject, String detail, String step) {
    /** What can change. */
    public enum Kind {
        /** A member went down in order. */
        STOPPED,
        /** A member came up. */
        STARTED,
        /** Another version will run after the next start. */
        INSTALLED,
        /** A primary was stopped and started where it is, in one go. */
        RESTARTED,
        /** A version was fetched, so that an installation need not wait for it. */
        DOWNLOADED,
        /** Extensions were brought to a version. */
        EXTENDED,
        /** A member became primary. */
        PROMOTED,
        /** A setting got a value. */
        SET,
        /** A table was made. */
        TABLE_CREATED,
        /** A table was removed. */
        TABLE_DROPPED,
        /** A member's process ended by itself. */
        DIED,
        /** A dead-man's timer took a setting back. */
        EXPIRED
    }

    /** Checks the parts. */
    public Effect {
        requireNonNull(at, "at");
        requireNonNull(kind, "kind");
        requireNonNull(subject, "subject");
        requireNonNull(detail, "detail");
        requireNonNull(step, "step");
    }

    /** Whether a run did it. */
    public boolean byUs() {
        return !step.isEmpty();
    }

    /** What happened, without number and time, so that two runs can be compared. */
    public String what() {
        return kind + " " + subject + (detail.isEmpty() ? "" : " " + detail);
    }

    @Override
    public String toString() {
        return "#" + number + " " + at + " " + what() + (step.isEmpty() ? " (by itself)" : " by " + step);
    }
}
