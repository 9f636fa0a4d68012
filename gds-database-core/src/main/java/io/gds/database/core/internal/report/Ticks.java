package io.gds.database.core.internal.report;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Marks on the time axis at round wall-clock times, whose labels do not touch. */
final class Ticks {
    /**
     * A mark.
     *
     * @param x where, in percent
     * @param label what it says
     */
    record Tick(double x, String label) {}

    private static final double AIR = 2;
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long[] STEPS_MS = {
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        15 * SECOND,
        30 * SECOND,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        60 * MINUTE,
        120 * MINUTE,
        180 * MINUTE,
        360 * MINUTE,
        720 * MINUTE,
        DAY,
        2 * DAY,
        7 * DAY,
        30 * DAY
    };

    private final List<Tick> out = new ArrayList<>();
    private double taken = -AIR;

    private Ticks() {}

    static List<Tick> of(TimeScale scale) {
        Ticks t = new Ticks();
        List<TimeScale.Segment> segments = scale.segments();
        for (int i = 0; i < segments.size(); i++) {
            TimeScale.Segment s = segments.get(i);
            if (s.squeezed()) {
                t.taken = (s.from() + s.to()) / 2 + Lane.width(breakLabel(s)) / 2;
            } else {
                TimeScale.Segment next = i + 1 < segments.size() ? segments.get(i + 1) : null;
                double end =
                        next == null ? 100 : (next.from() + next.to()) / 2 - Lane.width(breakLabel(next)) / 2 - AIR / 2;
                t.segment(s, end);
            }
        }
        return List.copyOf(t.out);
    }

    /** What stands above a squeezed stretch. */
    static String breakLabel(TimeScale.Segment s) {
        return "⟨ " + Words.duration(s.time().length()) + " ⟩";
    }

    private void segment(TimeScale.Segment s, double end) {
        long length = Math.max(1, s.time().length().toMillis());
        double perPercent = length / Math.max(1e-9, s.to() - s.from());
        long step = LongStream.of(STEPS_MS)
                .filter(n -> n >= perPercent * (labelWidth(n) + AIR))
                .findFirst()
                .orElse(STEPS_MS[STEPS_MS.length - 1]);
        double width = labelWidth(step);
        long first = -Math.floorDiv(-s.time().from().toEpochMilli(), step) * step;
        for (long t = first; t <= s.time().to().toEpochMilli(); t += step) {
            double x = s.at(Instant.ofEpochMilli(t));
            double left = x - width / 2;
            if (left >= taken + AIR / 2 && left >= 0 && left + width <= end) {
                out.add(new Tick(x, format(step).format(Instant.ofEpochMilli(t))));
                taken = left + width;
            }
        }
    }

    private static double labelWidth(long step) {
        return Lane.width(format(step).format(Instant.EPOCH));
    }

    private static DateTimeFormatter format(long step) {
        if (step < SECOND) {
            return Words.utc("HH:mm:ss.SSS");
        }
        if (step < MINUTE) {
            return Words.utc("HH:mm:ss");
        }
        return Words.utc(step < DAY ? "HH:mm" : "MMM d");
    }
}
