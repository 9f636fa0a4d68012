package io.gds.engine.postgres.internal.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;

/** Timestamps of logs. Their zone is an abbreviation that names several zones, so the server's log_timezone decides. */
final class LogTime {
    /** How a timestamp looks, with its zone. */
    static final String SHAPE = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? [A-Za-z0-9+:<>-]+";

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 6, true)
            .optionalEnd()
            .toFormatter(java.util.Locale.ROOT);

    private LogTime() {}

    static Optional<Instant> parse(String text, ZoneId zone) {
        int end = text.lastIndexOf(' ');
        try {
            LocalDateTime local = LocalDateTime.parse(end > 10 ? text.substring(0, end) : text, FORMAT);
            return Optional.of(local.atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Instant> epoch(String seconds) {
        try {
            return Optional.of(Instant.ofEpochMilli(Math.round(Double.parseDouble(seconds) * 1000)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The zone of a setting; UTC for names that Java does not know. */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
