package io.gds.engine.mssql.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.ProcessAdmin;
import io.gds.database.ServerProcess;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.mssql.internal.sql.ServerTime;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of an instance. An id is {@code number:login}, since numbers are given away again: {@link #kill} ends only the session that was
 * listed. To see sessions a login needs VIEW SERVER STATE, from 2022 on VIEW SERVER PERFORMANCE STATE.
 *
 * <p>Source: sys.dm_exec_sessions, sys.dm_exec_requests, KILL (Transact-SQL).
 */
public final class Sessions implements ProcessAdmin {
    private static final String SESSIONS =
            "SELECT s.session_id, s.login_name, s.status, s.login_time, s.host_name, s.program_name,"
                    + " s.is_user_process, s.open_transaction_count, d.name AS database_name, r.status AS request_status, r.command,"
                    + " r.wait_type, r.blocking_session_id, r.percent_complete, t.text AS statement_text"
                    + " FROM sys.dm_exec_sessions s LEFT JOIN sys.databases d ON d.database_id = s.database_id"
                    + " LEFT JOIN sys.dm_exec_requests r ON r.session_id = s.session_id"
                    + " OUTER APPLY sys.dm_exec_sql_text(r.sql_handle) AS t WHERE s.session_id <> @@SPID ORDER BY s.session_id";
    private static final String ONE = "SELECT s.login_time, r.command, r.percent_complete FROM sys.dm_exec_sessions s"
            + " LEFT JOIN sys.dm_exec_requests r ON r.session_id = s.session_id WHERE s.session_id = ?";
    private static final Pattern ID = Pattern.compile("(\\d{1,5})(?::(\\d{1,15}))?");
    private static final String UNDOING = "KILLED/ROLLBACK";
    private static final int OWN = 6104;
    private static final int NONE = 6106;
    private static final int SERVERS = 6107;

    /** What statements may hold that nobody should see, with its quotes: a password, a key, or a hash. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:password|secret|old_password|key_source|identity_value)\\s*=\\s*)(N?'(?:[^']|'')*'?|0x[0-9a-f]+)");

    private final SqlAccess access;
    private final Clock clock;

    /** A session as it was found again. */
    private record Found(long loggedIn, String command, long percent) {}

    /** Of an instance. */
    public Sessions(SqlAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    @Override
    public List<ServerProcess> processes() {
        return access.call("listing its sessions", s -> {
            ServerTime time = ServerTime.read(s);
            // A session that does several things at a time has a row for each.
            Map<String, ServerProcess> byId = new LinkedHashMap<>();
            SqlQuery.each(s, SESSIONS, row -> {
                ServerProcess process = process(row, time);
                return byId.putIfAbsent(process.id(), process);
            });
            return List.copyOf(byId.values());
        });
    }

    private static ServerProcess process(SqlRow row, ServerTime time) throws SQLException {
        Map<String, String> more = new TreeMap<>();
        for (String column : List.of("host_name", "program_name", "command", "wait_type")) {
            row.optional(column).ifPresent(value -> more.put(column, value));
        }
        for (String column : List.of("blocking_session_id", "open_transaction_count", "percent_complete")) {
            row.real(column).stream().filter(n -> n > 0).forEach(n -> more.put(column, Long.toString(Math.round(n))));
        }
        more.put("session_id", row.text("session_id"));
        boolean users = row.flag("is_user_process");
        Optional<LocalDateTime> since = row.time("login_time");
        return new ServerProcess(
                row.text("session_id") + since.map(t -> ":" + millis(t)).orElse(""),
                users ? row.text("login_name") : "",
                row.text("database_name"),
                row.optional("request_status").orElse(row.text("status")),
                SECRET.matcher(row.text("statement_text")).replaceAll("$1***"),
                since.map(time::at).orElse(null),
                more);
    }

    /** Only compared with others of the same server, so any offset will do. */
    private static long millis(LocalDateTime wall) {
        return wall.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /**
     * Ends a session.
     *
     * @throws GdsDatabaseException with code {@code GDS-PROCESS-ID} when the id is none, or is that of this very connection or of the
     *     server itself
     */
    @Override
    public OperationResult kill(String id) {
        OperationTimer timer = OperationTimer.start(clock, "kill session " + id);
        Matcher m = ID.matcher(id);
        if (!m.matches()) {
            throw refused(
                    "session id \"" + id + "\": expected number:login as processes() gives it, or a number", null);
        }
        int number = Integer.parseInt(m.group(1));
        return access.call("ending session " + number, s -> {
            Optional<Found> found = find(s, number);
            if (found.isEmpty()
                    || (m.group(2) != null && found.get().loggedIn() != Long.parseLong(m.group(2)))
                    || !kill(s, number)) {
                return timer.already("there is no such session any more");
            }
            return timer.changed(find(s, number)
                    .filter(f -> f.command().equals(UNDOING))
                    .map(f -> "told to end; it rolls back what it had done, and is at " + f.percent() + " %")
                    .orElse("ended"));
        });
    }

    private static Optional<Found> find(Statement s, int number) throws SQLException {
        return SqlQuery.first(
                s,
                ONE,
                row -> new Found(
                        row.time("login_time").map(Sessions::millis).orElse(0L),
                        row.text("command"),
                        Math.round(row.real("percent_complete").orElse(0))),
                number);
    }

    /** The number is ours: KILL takes no parameter. Gives back whether there was such a session. */
    private static boolean kill(Statement s, int number) throws SQLException {
        try {
            SqlQuery.run(s, "KILL " + number);
            return true;
        } catch (SQLException e) {
            switch (SqlErrors.number(e)) {
                case NONE -> {
                    return false;
                }
                case OWN -> throw refused("session " + number + " is the one that was to end it", e);
                case SERVERS -> throw refused("session " + number + " is the server's own and cannot be ended", e);
                default -> throw e;
            }
        }
    }

    private static GdsDatabaseException refused(String what, @Nullable SQLException cause) {
        return GdsDatabaseException.user("GDS-PROCESS-ID")
                .message(what + ".")
                .remedy("take the id of a session with a user from a fresh list of processes.")
                .cause(cause)
                .build();
    }
}
