package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes an entry of named fields, as csvlog and jsonlog both have them. */
final class FieldLogs {
    private static final List<String> MORE = List.of("detail", "hint", "context", "statement");

    private FieldLogs() {}

    /** The entry; empty when the fields are not those of a whole line. */
    static Optional<LogEntry> entry(Map<String, String> fields, ZoneId zone, String source) {
        Optional<Instant> time = LogTime.parse(fields.getOrDefault("timestamp", ""), zone);
        String severity = fields.getOrDefault("error_severity", "");
        if (time.isEmpty() || severity.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder message = new StringBuilder(fields.getOrDefault("message", ""));
        for (String more : MORE) {
            String value = fields.getOrDefault(more, "");
            if (!value.isEmpty()) {
                message.append('\n')
                        .append(more.toUpperCase(java.util.Locale.ROOT))
                        .append(":  ")
                        .append(value);
            }
        }
        Map<String, String> context = new TreeMap<>();
        context.put("severity", severity);
        copy(fields, "pid", context, "pid");
        copy(fields, "user", context, "user");
        copy(fields, "dbname", context, "database");
        copy(fields, "state_code", context, "sqlstate");
        copy(fields, "application_name", context, "application");
        copy(fields, "remote_host", context, "client");
        copy(fields, "backend_type", context, "backendType");
        return Optional.of(new LogEntry(time.get(), Levels.of(severity), message.toString(), source, context));
    }

    private static void copy(Map<String, String> from, String key, Map<String, String> to, String name) {
        String value = from.getOrDefault(key, "");
        if (!value.isEmpty()) {
            to.put(name, value);
        }
    }
}
