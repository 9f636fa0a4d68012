package io.gds.database.core.internal.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps instants to percent of a picture's width. Long stretches in which nothing happens (a soak, a night without a
 * process) get a small fixed width, since otherwise the seconds that matter would be thinner than a pixel.
 */
final class TimeScale {
    private static final double LEFT = 0.8;
    private static final double RIGHT = 99.2;
    private static final double MOST_FOR_BREAKS = 40;
    private static final double BREAK_WIDTH = 9;

    /**
     * A stretch with one speed.
     *
     * @param time which
     * @param from where it begins, in percent
     * @param to where it ends, in percent
     * @param squeezed whether it is a long stretch made small
     */
    record Segment(Interval time, double from, double to, boolean squeezed) {
        double at(Instant t) {
            double length = millis(time.length());
            double done = millis(Duration.between(time.from(), t));
            return length == 0 ? from : from + (to - from) * Math.min(1, Math.max(0, done / length));
        }
    }

    private final List<Segment> segments;

    private TimeScale(List<Segment> segments) {
        this.segments = List.copyOf(segments);
    }

    /**
     * Makes a scale.
     *
     * @param whole what the picture shows
     * @param busy when something happened
     */
    static TimeScale of(Interval whole, List<Interval> busy) {
        Interval shown =
                whole.length().isZero() ? new Interval(whole.from(), whole.to().plusMillis(1)) : whole;
        List<Interval> idle = longIdle(shown, busy);
        List<Interval> linear = shown.without(idle);
        double work = millis(Interval.total(linear));
        double breaks = idle.isEmpty() ? 0 : Math.min(BREAK_WIDTH, MOST_FOR_BREAKS / idle.size());
        double perMilli = work == 0 ? 0 : (RIGHT - LEFT - breaks * idle.size()) / work;
        List<Interval> all = new ArrayList<>(linear);
        all.addAll(idle);
        all.sort(java.util.Comparator.comparing(Interval::from));
        List<Segment> out = new ArrayList<>();
        double x = LEFT;
        for (Interval part : all) {
            boolean squeezed = idle.contains(part);
            double next = x + (squeezed ? breaks : millis(part.length()) * perMilli);
            out.add(new Segment(part, x, next, squeezed));
            x = next;
        }
        return new TimeScale(out);
    }

    private static List<Interval> longIdle(Interval shown, List<Interval> busy) {
        List<Interval> idle = shown.without(busy);
        double work = millis(shown.length()) - millis(Interval.total(idle));
        if (work <= 0) {
            return List.of();
        }
        return idle.stream()
                .filter(i -> i.length().compareTo(Duration.ofSeconds(2)) > 0 && millis(i.length()) > 0.25 * work)
                .toList();
    }

    private static double millis(Duration d) {
        return d.toNanos() / 1e6;
    }

    /** Where an instant lies, in percent; instants outside lie on the edge. */
    double at(Instant t) {
        for (Segment s : segments) {
            if (!t.isAfter(s.time().to())) {
                return s.at(t);
            }
        }
        return RIGHT;
    }

    List<Segment> segments() {
        return segments;
    }
}
