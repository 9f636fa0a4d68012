package io.gds.database.core.internal.report;

import io.gds.database.run.RunStatus;
import io.gds.database.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How reports write times, amounts and states. */
final class Words {
    static final String NONE = "–";

    private static final Pattern ISO_DURATION = Pattern.compile("\\bP(?:\\d+D)?T(?:\\d+H)?(?:\\d+M)?(?:[\\d.]+S)?");
    private static final DateTimeFormatter DATE_TIME = utc("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TIME = utc("HH:mm:ss");
    private static final DateTimeFormatter TIME_MILLIS = utc("HH:mm:ss.SSS");
    private static final DateTimeFormatter DATE = utc("yyyy-MM-dd");

    private Words() {}

    static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    static String dateTime(Instant t) {
        return DATE_TIME.format(t);
    }

    static String date(Instant t) {
        return DATE.format(t);
    }

    static String time(Instant t) {
        return TIME.format(t);
    }

    static String timeMillis(Instant t) {
        return TIME_MILLIS.format(t);
    }

    /** Two units at most: {@code 340 ms}, {@code 2.4 s}, {@code 4 min 05 s}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
    static String duration(Duration d) {
        long ms = d.toMillis();
        if (ms < 1000) {
            return ms + " ms";
        }
        if (ms < 60_000) {
            String s = String.format(Locale.ROOT, ms < 10_000 ? "%.2f" : "%.1f", Math.floor(ms / 10.0) / 100);
            return s.replaceAll("\\.?0+$", "") + " s";
        }
        if (ms < 3_600_000) {
            return two(d.toMinutes(), " min", d.toSecondsPart(), " s");
        }
        return ms < 86_400_000
                ? two(d.toHours(), " h", d.toMinutesPart(), " min")
                : two(d.toDays(), " d", d.toHoursPart(), " h");
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return big + bigUnit + (small == 0 ? "" : " " + small + smallUnit);
    }

    /** Replaces ISO durations in a text that people read: {@code PT30M elapsed} becomes {@code 30 min elapsed}. */
    static String iso(String text) {
        return ISO_DURATION.matcher(text).replaceAll(m -> Matcher.quoteReplacement(readable(m.group())));
    }

    private static String readable(String iso) {
        try {
            return duration(Duration.parse(iso));
        } catch (DateTimeParseException e) {
            return iso;
        }
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n).replace(',', '\u202f');
    }

    static String lag(long amount, String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "BYTES" -> bytes(amount);
            case "MILLISECONDS" -> duration(Duration.ofMillis(amount));
            case "TRANSACTIONS" -> count(amount) + (amount == 1 ? " transaction" : " transactions");
            default -> count(amount) + (unit.isEmpty() ? "" : " " + unit.toLowerCase(Locale.ROOT));
        };
    }

    private static String bytes(long n) {
        if (n < 1000) {
            return n + " B";
        }
        double v = n;
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
        int i = 0;
        while (v >= 999.95 && i < units.length - 1) {
            v /= 1000;
            i++;
        }
        return String.format(Locale.ROOT, v < 10 ? "%.1f" : "%.0f", v) + " " + units[i];
    }

    static String status(RunStatus s) {
        return switch (s) {
            case RUNNING -> "Running";
            case WAITING -> "Waiting";
            case SUCCEEDED -> "Succeeded";
            case PARTIAL -> "Partly done";
            case ROLLED_BACK -> "Rolled back";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
            case UNDETERMINED -> "Undetermined";
        };
    }

    static String state(StepState s) {
        return switch (s) {
            case PLANNED -> "planned";
            case INTENT -> "under way";
            case APPLIED -> "applied";
            case VERIFIED -> "done";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
            case UNDONE -> "taken back";
            case UNKNOWN -> "unknown";
        };
    }

    static String plural(long n, String one) {
        return count(n) + " " + one + (n == 1 ? "" : "s");
    }
}
