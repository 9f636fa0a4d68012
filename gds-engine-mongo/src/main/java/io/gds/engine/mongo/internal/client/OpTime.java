package io.gds.engine.mongo.internal.client;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point of the oplog.
 *
 * @param seconds since 1970, by the clock of the primary that wrote it
 * @param number within the second
 * @param term of the election; -1 when the server does not say
 */
public record OpTime(int seconds, int number, long term) implements Comparable<OpTime> {
    private static final Pattern SHAPE = Pattern.compile("(-?\\d+)\\.(-?\\d+)(?:@(\\d+))?");
    private static final Comparator<OpTime> ORDER = Comparator.comparingLong(OpTime::term)
            .thenComparing((a, b) -> Integer.compareUnsigned(a.seconds, b.seconds))
            .thenComparing((a, b) -> Integer.compareUnsigned(a.number, b.number));

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static OpTime parse(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("a point of the oplog: found \"" + text + "\", expected 1700000000.1@2");
        }
        return new OpTime(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                m.group(3) == null ? -1 : Long.parseLong(m.group(3)));
    }

    /** By term, then by time; a write of a later term is later whatever the clocks said. */
    @Override
    public int compareTo(OpTime other) {
        return ORDER.compare(this, other);
    }

    /** Whether it is this point or one behind it. */
    public boolean hasReached(OpTime point) {
        return compareTo(point) >= 0;
    }

    @Override
    public String toString() {
        return seconds + "." + number + (term < 0 ? "" : "@" + term);
    }
}
