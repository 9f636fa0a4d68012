package io.gds.database.core.internal.config;

import java.util.Comparator;

/**
 * A place in a text.
 *
 * @param line from 1; 0 when there is no text
 * @param column from 1; 0 when there is no text
 */
record Mark(int line, int column) implements Comparable<Mark> {
    static final Mark NONE = new Mark(0, 0);

    private static final Comparator<Mark> ORDER =
            Comparator.comparingInt(Mark::line).thenComparingInt(Mark::column);

    @Override
    public int compareTo(Mark other) {
        return ORDER.compare(this, other);
    }

    String in(String source) {
        return line == 0 ? source : source + " line " + line;
    }
}
