package io.gds.engine.postgres.internal.pooler;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as HAProxy writes them: a number with a unit, milliseconds without. */
final class HaproxyTime {
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})(us|ms|s|m|h|d)?");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private HaproxyTime() {}

    static Optional<Duration> parse(String word) {
        Matcher m = TIME.matcher(word);
        if (!m.matches()) {
            return Optional.empty();
        }
        String unit = m.group(2) == null ? "ms" : m.group(2);
        return Optional.of(Duration.of(Long.parseLong(m.group(1)), UNITS.getOrDefault(unit, ChronoUnit.MILLIS)));
    }
}
