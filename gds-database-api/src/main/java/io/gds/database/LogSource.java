package io.gds.database;

import java.time.Instant;
import java.util.List;

/** Logs of a server. Thread-safe; calls block. */
public interface LogSource {
    /**
     * Log entries of a time span, oldest first.
     *
     * @param start the begin
     * @param end the end, not before the begin
     * @param filter which entries
     */
    List<LogEntry> logs(Instant start, Instant end, LogFilter filter);
}
