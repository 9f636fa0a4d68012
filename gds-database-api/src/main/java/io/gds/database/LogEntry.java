package io.gds.database;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * One entry of a server's log.
 *
 * @param timestamp when
 * @param level how serious
 * @param message what, with its continuation lines
 * @param source the member and file or view it was read from
 * @param context more: process, user, database, where the entry says so
 */
public record LogEntry(Instant timestamp, Level level, String message, String source, Map<String, String> context) {
    /** How serious an entry is; products' own levels are mapped, the original word is in the context. */
    public enum Level {
        /** For those who look for a defect. */
        DEBUG,
        /** What went on. */
        INFO,
        /** What may need a look. */
        WARNING,
        /** What failed. */
        ERROR,
        /** What ended a session or the server. */
        FATAL
    }

    /** Checks and copies. */
    public LogEntry {
        requireNonNull(timestamp, "timestamp");
        requireNonNull(level, "level");
        requireNonNull(message, "message");
        requireNonNull(source, "source");
        context = Map.copyOf(context);
    }
}
