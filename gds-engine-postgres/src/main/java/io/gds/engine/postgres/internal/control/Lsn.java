package io.gds.engine.postgres.internal.control;

import java.util.Locale;

/**
 * A position in the log.
 *
 * @param value bytes since the beginning, unsigned
 */
public record Lsn(long value) implements Comparable<Lsn> {
    /** Parses {@code 16/B374D848}. */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not a log position");
        }
        long high = Long.parseLong(text.substring(0, slash), 16);
        long low = Long.parseLong(text.substring(slash + 1), 16);
        return new Lsn(high << 32 | low);
    }

    @Override
    public int compareTo(Lsn o) {
        return Long.compareUnsigned(value, o.value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xFFFFFFFFL);
    }
}
