package io.gds.database.core.internal.report;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Marks on the time axis at round wall-clock times, none too near its neighbour. */
final class Ticks {
    /**
     * A mark.
     *
     * @param x where, in percent
     * @param label what it says
     */
    record Tick(double x, String label) {}

    /** The least distance between two labels, in percent of a picture that is about 900 pixels wide. */
    private static final double APART = 8.5;

    private static final long[] STEPS_MS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
        900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000
    };

    private Ticks() {}

    static List<Tick> of(TimeScale scale) {
        List<Tick> out = new ArrayList<>();
        double edge = -APART;
        for (int i = 0; i < scale.segments().size(); i++) {
            TimeScale.Segment s = scale.segments().get(i);
            if (s.squeezed()) {
                edge = Math.max(edge, s.to() - APART / 2);
                continue;
            }
            long length = Math.max(1, s.time().length().toMillis());
            long wanted = (long) Math.ceil(length * APART / Math.max(1e-9, s.to() - s.from()));
            long step = LongStream.of(STEPS_MS)
                    .filter(n -> n >= wanted)
                    .findFirst()
                    .orElse(STEPS_MS[STEPS_MS.length - 1]);
            long first = -Math.floorDiv(-s.time().from().toEpochMilli(), step) * step;
            boolean beforeBreak = i + 1 < scale.segments().size();
            double last = beforeBreak ? s.to() - APART / 2 : s.to();
            for (long t = first; t <= s.time().to().toEpochMilli(); t += step) {
                double x = s.at(Instant.ofEpochMilli(t));
                if (x - edge >= APART * 0.98 && x <= last) {
                    out.add(new Tick(x, format(step).format(Instant.ofEpochMilli(t))));
                    edge = x;
                }
            }
        }
        return out;
    }

    private static DateTimeFormatter format(long step) {
        if (step < 1000) {
            return Words.utc("HH:mm:ss.SSS");
        }
        if (step < Duration.ofMinutes(1).toMillis()) {
            return Words.utc("HH:mm:ss");
        }
        return Words.utc(step < Duration.ofDays(1).toMillis() ? "HH:mm" : "MMM d");
    }
}
