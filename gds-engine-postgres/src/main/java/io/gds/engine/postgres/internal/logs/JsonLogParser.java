package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry;
import io.gds.database.spi.JsonReader;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The jsonlog format of PostgreSQL 15 and later: one object a line. Immutable. */
final class JsonLogParser implements LogParser {
    private final ZoneId zone;

    JsonLogParser(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public List<LogEntry> parse(String text, String source) {
        List<LogEntry> entries = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            FieldLogs.entry(fields(line), zone, source).ifPresent(entries::add);
        }
        return entries;
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        try {
            JsonReader.object(line).forEach((key, value) -> {
                if (value != null) {
                    fields.put(key, value.toString());
                }
            });
        } catch (IllegalArgumentException e) {
            // Cut off at either end of the piece that was read.
            return Map.of();
        }
        return fields;
    }
}
