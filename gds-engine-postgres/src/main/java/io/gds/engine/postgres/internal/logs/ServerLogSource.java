package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.logs.CollectedLogs.Style;
import io.gds.engine.postgres.internal.sql.Connections;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Logs of the members: what the server collects through SQL, otherwise the end of the member's log file through the host's
 * shell, which also serves while the server is down. Reads a bounded piece from the end.
 */
public final class ServerLogSource implements LogSource {
    private static final int TAIL_BYTES = 4 * 1024 * 1024;
    /** For a server that is down and cannot be asked for its own. */
    private static final String DEFAULT_PREFIX = "%m [%p] ";

    private final PostgresSpec spec;
    private final Connections connections;
    private final Function<String, HostShell> shells;

    /**
     * Logs of a cluster.
     *
     * @param shells the shell of the host that a member lives on; called only when the spec has a shell
     */
    public ServerLogSource(PostgresSpec spec, Connections connections, Function<String, HostShell> shells) {
        this.spec = spec;
        this.connections = connections;
        this.shells = shells;
    }

    @Override
    public List<LogEntry> logs(Instant start, Instant end, LogFilter filter) {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end " + end + " is before start " + start);
        }
        List<MemberSpec> members = filter.member().isEmpty() ? spec.members() : List.of(spec.member(filter.member()));
        List<LogEntry> all = new ArrayList<>();
        for (MemberSpec member : members) {
            pieces(member, start).forEach(piece -> piece.entries().stream()
                    .filter(e ->
                            !e.timestamp().isBefore(start) && !e.timestamp().isAfter(end))
                    .filter(e -> e.level().compareTo(filter.atLeast()) >= 0)
                    .filter(e -> e.message().contains(filter.contains()))
                    .forEach(all::add));
        }
        // Stable: entries of one instant stay in the order in which they were written.
        all.sort(Comparator.comparing(LogEntry::timestamp));
        return List.copyOf(all.subList(Math.max(0, all.size() - filter.limit()), all.size()));
    }

    private List<LogPiece> pieces(MemberSpec member, Instant start) {
        Optional<Style> style = style(member);
        if (style.isPresent() && style.get().collects()) {
            Style found = style.get();
            requireTime(member, found, found.format());
            return connections.onMember(member.name(), s -> CollectedLogs.read(s, found, start, member.name()));
        }
        Style plain = style.orElse(new Style(false, "stderr", DEFAULT_PREFIX, ZoneOffset.UTC, ""));
        requireTime(member, plain, "stderr");
        return List.of(tail(member, plain));
    }

    private Optional<Style> style(MemberSpec member) {
        try {
            return Optional.of(connections.onMember(member.name(), CollectedLogs::style));
        } catch (GdsDatabaseException e) {
            if (e.code().equals("GDS-CONNECTION")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private LogPiece tail(MemberSpec member, Style style) {
        if (member.logFile().isEmpty() || spec.shell().isEmpty()) {
            throw GdsDatabaseException.environment("GDS-LOG-UNREADABLE")
                    .message("member " + member.name()
                            + " does not collect its log (logging_collector is off, or it is down),"
                            + " and the spec has no " + (spec.shell().isEmpty() ? "shell" : "logFile for it") + ".")
                    .remedy("set logging_collector, or give the spec a shell and the member's logFile.")
                    .build();
        }
        String path = member.logFile().get();
        Command tail = Command.of("tail", "-c", Integer.toString(TAIL_BYTES), "--", path)
                .maxOutput(TAIL_BYTES);
        Command asOwner = spec.serverUser().map(tail::as).orElse(tail);
        String text = shells.apply(member.name()).run(asOwner).orElseThrow().output();
        return new LogPiece(text, member.name() + ":" + path, style.parser("stderr"));
    }

    private static void requireTime(MemberSpec member, Style style, String format) {
        if (format.equals("stderr") && !new PrefixPattern(style.prefix(), style.zone()).hasTime()) {
            throw GdsDatabaseException.environment("GDS-LOG-UNREADABLE")
                    .message("log_line_prefix of member " + member.name() + " is \"" + style.prefix()
                            + "\", which has no time: its entries cannot be dated.")
                    .remedy("put %m into log_line_prefix.")
                    .build();
        }
    }
}
