package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The csvlog format: records of fields, in which quoted fields may hold line breaks. Immutable. */
final class CsvLogParser implements LogParser {
    private static final List<String> COLUMNS = List.of(
            "timestamp",
            "user",
            "dbname",
            "pid",
            "remote_host",
            "session_id",
            "line_num",
            "ps",
            "session_start",
            "vxid",
            "txid",
            "error_severity",
            "state_code",
            "message",
            "detail",
            "hint",
            "internal_query",
            "internal_position",
            "context",
            "statement",
            "cursor_position",
            "func_name",
            "application_name",
            "backend_type");

    private final ZoneId zone;

    CsvLogParser(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public List<LogEntry> parse(String text, String source) {
        List<LogEntry> entries = new ArrayList<>();
        for (List<String> record : records(text)) {
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < Math.min(record.size(), COLUMNS.size()); i++) {
                fields.put(COLUMNS.get(i), record.get(i));
            }
            FieldLogs.entry(fields, zone, source).ifPresent(entries::add);
        }
        return entries;
    }

    /** Records; what is left of a record whose beginning was cut off has no timestamp and is dropped by the caller. */
    static List<List<String>> records(String text) {
        List<List<String>> all = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                record.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    all.add(record);
                    record = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return all;
    }
}
