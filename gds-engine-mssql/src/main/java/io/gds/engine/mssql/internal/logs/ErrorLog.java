package io.gds.engine.mssql.internal.logs;

import io.gds.database.LogEntry;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.sql.ServerTime;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The log of an instance, the running one and as many archives as the time asked for needs. Everything is read through the server, which
 * needs no way to its host.
 *
 * <p>Source: sp_readerrorlog (Transact-SQL); an archive that is not there is error 22004.
 */
public final class ErrorLog implements LogSource {
    /** The server itself keeps at most 99 archives. */
    private static final int MOST = 100;

    private static final int NO_FILE = 22004;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final SqlAccess access;

    /** The log of an instance. */
    public ErrorLog(SqlAccess access) {
        this.access = access;
    }

    /**
     * Entries of a time span.
     *
     * @throws GdsDatabaseException with code {@code MSSQL-NO-TARGET} when the filter names another instance than this
     */
    @Override
    public List<LogEntry> logs(Instant start, Instant end, LogFilter filter) {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end " + end + " is before start " + start);
        }
        String name = access.target().name();
        if (!filter.member().isEmpty() && !filter.member().equalsIgnoreCase(name)) {
            throw GdsDatabaseException.user("MSSQL-NO-TARGET")
                    .message("there is no instance \"" + filter.member() + "\" here, but " + name + ".")
                    .remedy("ask for that one, or for all.")
                    .build();
        }
        return access.callAtLength("reading its log", LIMIT, s -> {
            ServerTime time = ServerTime.read(s);
            List<LogEntry> newestFirst = new ArrayList<>();
            for (int log = 0; log < MOST && newestFirst.size() < filter.limit(); log++) {
                Deque<LogEntry> wanted = new ArrayDeque<>();
                Reading reading = new Reading(start, end, filter, filter.limit() - newestFirst.size(), wanted);
                if (!read(s, log, time, reading)) {
                    break;
                }
                wanted.descendingIterator().forEachRemaining(newestFirst::add);
                if (reading.beganBefore()) {
                    break; // whatever older archives hold is older still
                }
            }
            List<LogEntry> all = new ArrayList<>(newestFirst.size());
            for (int i = newestFirst.size() - 1; i >= 0; i--) {
                all.add(newestFirst.get(i));
            }
            return List.copyOf(all);
        });
    }

    /** Gives back whether there is such a log. */
    private boolean read(Statement s, int log, ServerTime time, Reading reading) throws SQLException {
        String source = access.target().name() + ":ERRORLOG" + (log == 0 ? "" : "." + log);
        ErrorLogParser parser = new ErrorLogParser(time, source, reading::take);
        try {
            SqlQuery.each(s, "EXEC sys.sp_readerrorlog @p1 = " + log, row -> {
                Optional<LocalDateTime> at = row.time("LogDate");
                if (at.isPresent()) {
                    parser.line(at.get(), row.text("ProcessInfo"), row.text("Text"));
                }
                return at;
            });
        } catch (SQLException e) {
            if (SqlErrors.number(e) == NO_FILE) {
                return false;
            }
            throw e;
        }
        parser.end();
        return true;
    }

    /** What is kept of a log while it goes by: the newest that are wanted. */
    private static final class Reading {
        private final Instant start;
        private final Instant end;
        private final LogFilter filter;
        private final int most;
        private final Deque<LogEntry> wanted;
        private boolean beganBefore;

        Reading(Instant start, Instant end, LogFilter filter, int most, Deque<LogEntry> wanted) {
            this.start = start;
            this.end = end;
            this.filter = filter;
            this.most = most;
            this.wanted = wanted;
        }

        boolean beganBefore() {
            return beganBefore;
        }

        void take(LogEntry e) {
            beganBefore |= e.timestamp().isBefore(start);
            if (e.timestamp().isBefore(start)
                    || e.timestamp().isAfter(end)
                    || e.level().compareTo(filter.atLeast()) < 0
                    || !e.message().contains(filter.contains())) {
                return;
            }
            wanted.add(e);
            if (wanted.size() > most) {
                wanted.removeFirst();
            }
        }
    }
}
