package io.gds.engine.mssql.internal.backup;

import java.time.Duration;
import java.util.Optional;

/** How long ago something was, by the clock of the server that tells of it. */
sealed interface Age {
    /** Clocks on walls go back once a year. */
    Duration SKEW = Duration.ofHours(2);

    /**
     * So long ago.
     *
     * @param time less than zero when the server's clock was set back meanwhile
     */
    record Past(Duration time) implements Age {}

    /** It never was, as far as the server remembers. */
    record Never() implements Age {}

    /** The server does not tell. */
    record Untold() implements Age {}

    /** An age, or that it never was. */
    static Age of(Optional<Duration> time) {
        return time.<Age>map(Past::new).orElseGet(Never::new);
    }

    /** Whether it is known to be no longer ago than this; what lies in the future is not known. */
    default boolean isWithin(Duration limit) {
        return this instanceof Past p
                && p.time().compareTo(limit) <= 0
                && p.time().compareTo(SKEW.negated()) >= 0;
    }

    /** The one that is less long ago. */
    default Age orNewer(Age other) {
        if (this instanceof Past a && other instanceof Past b) {
            return a.time().compareTo(b.time()) <= 0 ? this : other;
        }
        return this instanceof Past ? this : other;
    }

    /** For people: {@code 3 days}, {@code 26 h}, {@code never}. */
    default String words() {
        if (this instanceof Past p) {
            return p.time().isNegative() ? "in the future, by " + words(p.time().negated()) : words(p.time());
        }
        return this instanceof Never ? "never" : "not told";
    }

    /** A length of time for people, rounded down. */
    static String words(Duration d) {
        if (d.toDays() > 2) {
            return d.toDays() + " days";
        }
        return d.toHours() > 0 ? d.toHours() + " h" : d.toMinutes() + " min";
    }
}
