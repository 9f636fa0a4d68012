package io.gds.engine.mongo.internal.upgrade;

import io.gds.database.version.EngineVersion;
import java.util.Comparator;

/**
 * A release series, such as 6.0: what a feature compatibility version names.
 *
 * @param major the first number
 * @param minor the second number
 */
public record Series(long major, long minor) implements Comparable<Series> {
    private static final Comparator<Series> ORDER =
            Comparator.comparingLong(Series::major).thenComparingLong(Series::minor);

    /** The series of a version. */
    public static Series of(EngineVersion version) {
        return new Series(version.number(0), version.number(1));
    }

    /** Reads {@code 6.0}; of a longer version its series. */
    public static Series parse(String text) {
        return of(EngineVersion.parse(text));
    }

    /** By number: 10.0 comes after 9.0. */
    @Override
    public int compareTo(Series other) {
        return ORDER.compare(this, other);
    }

    /** Whether it is that one or a later one. */
    public boolean isFrom(Series first) {
        return compareTo(first) >= 0;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
