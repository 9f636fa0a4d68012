package io.gds.database.testkit.powershell;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * A System.DateTime. It has steps of 100 nanoseconds, and what is finer is cut off.
 *
 * @param time what a clock on the wall shows
 * @param kind whose wall: UTC's, that of the host, or nobody says
 * @param zone the time zone of the host
 */
public record PsDateTime(LocalDateTime time, Kind kind, ZoneId zone) implements Comparable<PsDateTime> {
    private static final DateTimeFormatter ROUND_TRIP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS");
    private static final DateTimeFormatter INVARIANT = DateTimeFormatter.ofPattern("MM/dd/uuuu HH:mm:ss", Locale.ROOT);

    /** Whose time it is. */
    public enum Kind {
        /** Nobody said. */
        UNSPECIFIED,
        /** UTC. */
        UTC,
        /** The host's own. */
        LOCAL
    }

    /** Cuts off what is finer than a step. */
    public PsDateTime {
        time = time.with(ChronoField.NANO_OF_SECOND, time.getLong(ChronoField.NANO_OF_SECOND) / 100 * 100);
    }

    /** An instant as the host's wall clock shows it. */
    public static PsDateTime local(Instant instant, ZoneId zone) {
        return new PsDateTime(LocalDateTime.ofInstant(instant, zone), Kind.LOCAL, zone);
    }

    /** An instant in UTC. */
    public static PsDateTime utc(Instant instant, ZoneId zone) {
        return new PsDateTime(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), Kind.UTC, zone);
    }

    /** The instant; a time that nobody said whose it is counts as the host's. */
    public Instant instant() {
        return kind == Kind.UTC
                ? time.toInstant(ZoneOffset.UTC)
                : time.atZone(zone).toInstant();
    }

    PsDateTime toUtc() {
        return kind == Kind.UTC ? this : utc(instant(), zone);
    }

    PsDateTime toLocal() {
        // what nobody said whose it is counts as UTC here, as .NET has it
        Instant when = kind == Kind.LOCAL ? instant() : time.toInstant(ZoneOffset.UTC);
        return kind == Kind.LOCAL ? this : local(when, zone);
    }

    PsDateTime plusNanos(long nanos) {
        return new PsDateTime(time.plusNanos(nanos), kind, zone);
    }

    String format(String pattern) {
        return switch (pattern) {
            case "o", "O" -> time.format(ROUND_TRIP) + suffix();
            case "s" -> time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"));
            case "u" -> time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'"));
            default -> custom(pattern);
        };
    }

    private String custom(String pattern) {
        if (pattern.length() < 2 || !pattern.matches("(yyyy|MM|dd|HH|mm|ss|f{1,7}|[-_:./ T]|'[^']*')+")) {
            throw new UnsupportedPowerShell("the format '" + pattern + "' of a DateTime");
        }
        return time.format(DateTimeFormatter.ofPattern(
                pattern.replace("yyyy", "uuuu")
                        .replace('f', 'S')
                        .replace("T", "'T'")
                        .replace("/", "'/'"),
                Locale.ROOT));
    }

    private String suffix() {
        return switch (kind) {
            case UTC -> "Z";
            case UNSPECIFIED -> "";
            case LOCAL -> {
                ZoneOffset offset = zone.getRules().getOffset(time);
                yield offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
            }
        };
    }

    /** Compares what the walls show, as .NET does, whoever's they are. */
    @Override
    public int compareTo(PsDateTime o) {
        return time.compareTo(o.time);
    }

    /** In the invariant culture, as in expandable strings. */
    @Override
    public String toString() {
        return time.format(INVARIANT);
    }
}
