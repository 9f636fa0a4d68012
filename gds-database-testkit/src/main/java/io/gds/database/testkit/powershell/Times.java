package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.util.Locale;

/** TimeSpans, which are durations here. */
final class Times {
    private Times() {}

    static String text(Duration d) {
        Duration abs = d.abs();
        String days = abs.toDays() == 0 ? "" : abs.toDays() + ".";
        String out = String.format(
                Locale.ROOT, "%s%02d:%02d:%02d", days, abs.toHoursPart(), abs.toMinutesPart(), abs.toSecondsPart());
        int ticks = abs.toNanosPart() / 100;
        String fraction = ticks == 0 ? "" : String.format(Locale.ROOT, ".%07d", ticks);
        return (d.isNegative() ? "-" : "") + out + fraction;
    }

    static double seconds(Duration d) {
        return d.toNanos() / 1e9;
    }

    static Duration ofSeconds(double seconds) {
        // .NET Framework rounds to milliseconds
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
