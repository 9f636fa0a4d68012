package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern RECORD = Pattern.compile("^" + LogTime.SHAPE + ",", Pattern.MULTILINE);

    private final ZoneId zone;

    CsvLogParser(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public List<LogEntry> parse(String text, String source) {
        List<LogEntry> entries = new ArrayList<>();
        // A record whose beginning is lost may have an open quote: everything after it would be read inside out.
        Matcher first = RECORD.matcher(text);
        String whole = first.find() ? text.substring(first.start()) : "";
        for (List<String> record : records(whole)) {
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < Math.min(record.size(), COLUMNS.size()); i++) {
                fields.put(COLUMNS.get(i), record.get(i));
            }
            FieldLogs.entry(fields, zone, source).ifPresent(entries::add);
        }
        return entries;
    }

    /** Whole records: one whose end is missing is left out. */
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
