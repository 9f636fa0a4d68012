package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry;
import java.util.List;

/** Reads a piece of a log in one format. */
interface LogParser {
    /**
     * The entries, in the order of the text.
     *
     * @param text whole lines, except that the first may have lost its beginning and the last its end
     * @param source what the entries are to name as theirs
     */
    List<LogEntry> parse(String text, String source);
}
