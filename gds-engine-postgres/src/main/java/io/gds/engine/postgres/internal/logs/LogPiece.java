package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry;
import java.util.List;

/**
 * The end of a log file.
 *
 * @param text what was read
 * @param source where
 * @param parser how to read it
 */
record LogPiece(String text, String source, LogParser parser) {
    List<LogEntry> entries() {
        return parser.parse(text, source);
    }
}
