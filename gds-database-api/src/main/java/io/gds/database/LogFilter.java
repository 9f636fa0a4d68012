package io.gds.database;

import static java.util.Objects.requireNonNull;

/**
 * Which log entries are wanted.
 *
 * @param atLeast the lowest level
 * @param contains text that the message must contain; empty for any
 * @param member the member to read; empty for all
 * @param limit how many entries at most, the newest
 */
public record LogFilter(LogEntry.Level atLeast, String contains, String member, int limit) {
    /** Checks the parts. */
    public LogFilter {
        requireNonNull(atLeast, "atLeast");
        requireNonNull(contains, "contains");
        requireNonNull(member, "member");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: expected 1 or more, found " + limit);
        }
    }

    /** Everything, the newest thousand entries. */
    public static LogFilter all() {
        return new LogFilter(LogEntry.Level.DEBUG, "", "", 1000);
    }

    /** Only entries of this level and worse. */
    public LogFilter atLeast(LogEntry.Level level) {
        return new LogFilter(level, contains, member, limit);
    }

    /** Only entries that contain a text. */
    public LogFilter containing(String text) {
        return new LogFilter(atLeast, text, member, limit);
    }

    /** Only entries of a member. */
    public LogFilter of(String memberName) {
        return new LogFilter(atLeast, contains, memberName, limit);
    }

    /** At most so many. */
    public LogFilter newest(int entries) {
        return new LogFilter(atLeast, contains, member, entries);
    }
}
