package io.gds.engine.postgres.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.ProcessAdmin;
import io.gds.database.ServerProcess;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.sql.Row;
import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Backends of all members that answer. An id is {@code member:pid:start}: pids of several hosts collide, and a pid is given
 * away again, so {@link #kill} ends only the process that was listed.
 */
public final class BackendProcessAdmin implements ProcessAdmin {
    private static final String MICROS = "(extract(epoch FROM backend_start) * 1000000)::bigint";
    private static final String PROCESSES =
            """
            SELECT pid, (extract(epoch FROM backend_start) * 1000000)::bigint AS micros, coalesce(usename, '') AS usename,
                   coalesce(datname, '') AS datname, coalesce(state, backend_type, '') AS state, coalesce(query, '') AS query,
                   backend_start, backend_type, application_name, host(client_addr) AS client, wait_event_type, wait_event,
                   xact_start::text AS xact_start
              FROM pg_stat_activity WHERE pid <> pg_backend_pid() ORDER BY backend_start, pid
            """;
    private static final String FIND =
            "SELECT count(*) AS n FROM pg_stat_activity WHERE pid = ? AND (? = 0 OR " + MICROS + " = ?)";
    private static final String END_AND_WAIT =
            "SELECT pg_terminate_backend(pid, 5000) AS ended FROM pg_stat_activity WHERE pid = ? AND (? = 0 OR "
                    + MICROS + " = ?)";
    private static final String END =
            "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE pid = ? AND (? = 0 OR " + MICROS
                    + " = ?)";
    private static final int CAN_WAIT = 140000;

    private final PostgresSpec spec;
    private final Connections connections;
    private final Clock clock;

    /** Processes of a cluster. */
    public BackendProcessAdmin(PostgresSpec spec, Connections connections, Clock clock) {
        this.spec = spec;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public List<ServerProcess> processes() {
        List<ServerProcess> all = new ArrayList<>();
        new Reachable(spec, connections)
                .each((member, s) -> s.query(PROCESSES, row -> process(member, row)))
                .values()
                .forEach(all::addAll);
        return all;
    }

    private static ServerProcess process(String member, Row row) throws SQLException {
        Map<String, String> more = new TreeMap<>();
        more.put("member", member);
        more.put("pid", Long.toString(row.number("pid")));
        for (String column :
                List.of("backend_type", "application_name", "client", "wait_event_type", "wait_event", "xact_start")) {
            row.optionalText(column).filter(v -> !v.isEmpty()).ifPresent(v -> more.put(column, v));
        }
        return new ServerProcess(
                member + ":" + row.number("pid") + ":" + row.number("micros"),
                row.text("usename"),
                row.text("datname"),
                row.text("state"),
                row.text("query"),
                row.instant("backend_start").orElse(null),
                more);
    }

    @Override
    public OperationResult kill(String id) {
        OperationTimer timed = OperationTimer.start(clock, "kill process " + id);
        String[] parts = id.split(":", -1);
        if (parts.length < 2
                || parts.length > 3
                || !parts[1].matches("\\d{1,9}")
                || !id.matches("[^:]+:\\d+(:\\d{1,18})?")) {
            throw GdsDatabaseException.user("GDS-PROCESS-ID")
                    .message("process id \"" + id
                            + "\": expected member:pid:start as processes() gives it, or member:pid.")
                    .remedy("take the id from a fresh list of processes.")
                    .build();
        }
        int pid = Integer.parseInt(parts[1]);
        long micros = parts.length == 3 ? Long.parseLong(parts[2]) : 0;
        return connections.onMember(parts[0], s -> kill(timed, s, pid, micros));
    }

    private static OperationResult kill(OperationTimer timed, Session s, int pid, long micros) throws SQLException {
        boolean waits = s.serverVersion() >= CAN_WAIT;
        Optional<Boolean> ended = s.first(waits ? END_AND_WAIT : END, row -> row.flag("ended"), pid, micros, micros);
        if (ended.isEmpty()) {
            return timed.already("there is no such process any more");
        }
        long left = waits ? s.one(FIND, row -> row.number("n"), pid, micros, micros) : 0;
        if (left > 0) {
            throw GdsDatabaseException.engine("GDS-PROCESS-STAYS")
                    .message("process " + pid + " was told to end and is still there after 5 s.")
                    .remedy("look at what it waits for in pg_stat_activity; it ends when that lets it go.")
                    .retryable()
                    .build();
        }
        return timed.changed(waits ? "ended" : "told to end; this version does not say when it has");
    }
}
