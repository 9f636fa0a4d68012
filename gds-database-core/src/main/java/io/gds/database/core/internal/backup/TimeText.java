package io.gds.database.core.internal.backup;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gds.database.error.GdsDatabaseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/** A point in time as programs and services write it. Never in local time: nobody could tell whose. */
final class TimeText {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern EPOCH = Pattern.compile("([0-9]{9,10})(\\.[0-9]+)?|[0-9]{12,13}");
    private static final int MAX_SHOWN = 120;
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][X]")
            .toFormatter();

    private TimeText() {}

    /**
     * Reads an answer.
     *
     * @param source who answered, for messages
     * @param text the answer; blank means that there is no backup
     * @param pointer where in JSON the time stands; nothing or null there means that there is no backup
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-CHECK} when it is no time
     */
    static Optional<Instant> read(String source, String text, Optional<JsonPointer> pointer) {
        if (pointer.isEmpty()) {
            String time = text.strip();
            return time.isEmpty() ? Optional.empty() : Optional.of(instant(source, time));
        }
        JsonNode found = json(source, text).at(pointer.get());
        if (found.isMissingNode() || found.isNull()) {
            return Optional.empty();
        }
        if (!found.isValueNode()) {
            throw wrong(source, "an object or a list at " + pointer.get(), "a time there");
        }
        return Optional.of(instant(source, found.asText().strip()));
    }

    static JsonNode json(String source, String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // The parser's own message would quote what it stumbled over.
            throw wrong(source, "something else", "JSON");
        }
    }

    private static Instant instant(String source, String text) {
        if (EPOCH.matcher(text).matches()) {
            long number = Long.parseLong(text.replaceFirst("\\..*", ""));
            return text.length() >= 12 && text.indexOf('.') < 0
                    ? Instant.ofEpochMilli(number)
                    : Instant.ofEpochSecond(number);
        }
        try {
            String iso = text.length() > 10 && text.charAt(10) == ' '
                    ? text.substring(0, 10) + "T" + text.substring(11).replace(" ", "")
                    : text;
            return OffsetDateTime.parse(iso, DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
            throw wrong(
                    source,
                    "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"",
                    "seconds or milliseconds since 1970, or a time with its zone such as 2026-01-31T02:00:00Z");
        }
    }

    static GdsDatabaseException wrong(String source, String found, String expected) {
        return GdsDatabaseException.environment("GDS-BACKUP-CHECK")
                .message(source + " answered " + found + ", expected " + expected + ".")
                .remedy("correct the backup object of the cluster spec, or what answers.")
                .build();
    }
}
