package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry.Level;
import java.util.Locale;

/** The server's words for severity. */
final class Levels {
    private Levels() {}

    static Level of(String severity) {
        String word = severity.toUpperCase(Locale.ROOT);
        if (word.startsWith("DEBUG")) {
            return Level.DEBUG;
        }
        return switch (word) {
            case "WARNING" -> Level.WARNING;
            case "ERROR" -> Level.ERROR;
            case "FATAL", "PANIC" -> Level.FATAL;
            // LOG, INFO, NOTICE, and words of another lc_messages.
            default -> Level.INFO;
        };
    }
}
