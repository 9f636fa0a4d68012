package io.gds.database.core.internal.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time.
 *
 * @param from its begin
 * @param to its end, not before {@code from}
 */
record Interval(Instant from, Instant to) {
    /** Clocks of two processes may disagree; a negative stretch becomes an empty one. */
    Interval {
        to = to.isBefore(from) ? from : to;
    }

    Duration length() {
        return Duration.between(from, to);
    }

    boolean contains(Instant t) {
        return !t.isBefore(from) && t.isBefore(to);
    }

    boolean overlaps(Interval other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    static Duration total(List<Interval> parts) {
        return parts.stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** The same time as disjoint stretches in order. */
    static List<Interval> union(List<Interval> parts) {
        List<Interval> out = new ArrayList<>();
        parts.stream()
                .sorted(Comparator.comparing(Interval::from).thenComparing(Interval::to))
                .forEach(next -> {
                    Interval last = out.isEmpty() ? null : out.get(out.size() - 1);
                    if (last == null || next.from.isAfter(last.to)) {
                        out.add(next);
                    } else if (next.to.isAfter(last.to)) {
                        out.set(out.size() - 1, new Interval(last.from, next.to));
                    }
                });
        return out;
    }

    /** What of this stretch no hole covers. */
    List<Interval> without(List<Interval> holes) {
        List<Interval> out = new ArrayList<>();
        Instant cursor = from;
        for (Interval hole : union(holes)) {
            if (!hole.to.isAfter(cursor) || !hole.from.isBefore(to)) {
                continue;
            }
            if (hole.from.isAfter(cursor)) {
                out.add(new Interval(cursor, hole.from));
            }
            cursor = hole.to;
        }
        if (cursor.isBefore(to)) {
            out.add(new Interval(cursor, to));
        }
        return out;
    }
}
