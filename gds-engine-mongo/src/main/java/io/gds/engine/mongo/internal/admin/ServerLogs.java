package io.gds.engine.mongo.internal.admin;

import io.gds.database.LogEntry;
import io.gds.database.LogFilter;
import io.gds.database.LogSource;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.json.JsonParseException;

/**
 * Logs of the members: the end of each log file through the host's shell, or, where the spec has none, the last lines that the
 * server itself remembers. Servers since 4.4 write one JSON document a line.
 */
public final class ServerLogs implements LogSource {
    private static final int TAIL_BYTES = 4 * 1024 * 1024;
    private static final String ATTRIBUTES = ",\"attr\":";

    /**
     * What the server wrote, up to the message, and what it quotes. That is not read as JSON: it may be anything that an
     * application has sent, such as {@code {"$oid": "no id"}}, and a line that the server remembers is cut after a thousand
     * characters.
     */
    private static final Pattern LINE =
            Pattern.compile("(\\{\"t\":\\{.*?\"msg\":\"(?:[^\"\\\\]++|\\\\.)*+\")(.*)", Pattern.DOTALL);

    private final MongoSpec spec;
    private final Clients clients;
    private final Function<String, HostShell> shells;
    /** Where a server said that it logs, for the time when it is down. */
    private final Map<String, String> files = new ConcurrentHashMap<>();

    /**
     * Logs of a set.
     *
     * @param shells the shell of the host that a member lives on; called only when the spec has a shell
     */
    public ServerLogs(MongoSpec spec, Clients clients, Function<String, HostShell> shells) {
        this.spec = spec;
        this.clients = clients;
        this.shells = shells;
    }

    @Override
    public List<LogEntry> logs(Instant start, Instant end, LogFilter filter) {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("end " + end + " is before start " + start);
        }
        List<MemberSpec> members = filter.member().isEmpty() ? spec.members() : List.of(spec.member(filter.member()));
        List<LogEntry> all = new ArrayList<>();
        for (MemberSpec m : members) {
            try {
                all.addAll(entries(m.name(), start, end, filter));
            } catch (GdsDatabaseException e) {
                // one that is down tells nothing, which concerns whoever asked for it by name
                if (!e.retryable() || !filter.member().isEmpty()) {
                    throw e;
                }
            }
        }
        // stable: entries of one instant stay in the order in which they were written
        all.sort(Comparator.comparing(LogEntry::timestamp));
        return List.copyOf(all.subList(Math.max(0, all.size() - filter.limit()), all.size()));
    }

    private List<LogEntry> entries(String member, Instant start, Instant end, LogFilter filter) {
        Optional<String> file = spec.shell().isPresent() ? file(member) : Optional.empty();
        String source = member + ":" + file.orElse("getLog");
        List<String> lines = file.map(f -> tail(member, f)).orElseGet(() -> remembered(member));
        return lines.stream()
                .flatMap(l -> entry(l, source).stream())
                .filter(e -> !e.timestamp().isBefore(start) && !e.timestamp().isAfter(end))
                .filter(e -> e.level().compareTo(filter.atLeast()) >= 0)
                .filter(e -> e.message().contains(filter.contains()))
                .toList();
    }

    private Optional<String> file(String member) {
        try {
            Answer log = clients.ask(member, new Document("getCmdLineOpts", 1))
                    .object("parsed")
                    .object("systemLog");
            log.text("path").ifPresent(p -> files.put(member, p));
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
        }
        return Optional.ofNullable(files.get(member));
    }

    private List<String> tail(String member, String file) {
        Command tail = Command.of("tail", "-c", Integer.toString(TAIL_BYTES), "--", file)
                .maxOutput(TAIL_BYTES);
        return shells.apply(member).run(tail).orElseThrow().output().lines().toList();
    }

    private List<String> remembered(String member) {
        return clients.ask(member, new Document("getLog", "global")).texts("log");
    }

    /** One line; empty for the cut first line of a tail and for what other programs wrote into the file. */
    private static Optional<LogEntry> entry(String line, String source) {
        Matcher m = LINE.matcher(line);
        return m.matches() ? head(m.group(1)).flatMap(a -> entry(a, m.group(2), source)) : Optional.empty();
    }

    private static Optional<LogEntry> entry(Answer a, String rest, String source) {
        return a.instant("t")
                .map(t -> new LogEntry(t, level(a.text("s").orElse("")), message(a, rest), source, context(a)));
    }

    private static Optional<Answer> head(String json) {
        try {
            return Optional.of(Answer.of(Document.parse(json + "}")));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** The rest as it is written: {@code ,"attr":{...}} and what else there is. */
    private static String message(Answer a, String rest) {
        String text = a.text("msg").orElse("");
        String attributes = rest.startsWith(ATTRIBUTES) ? rest.substring(ATTRIBUTES.length()) : "";
        boolean whole = attributes.endsWith("}}");
        return (text + " " + (whole ? attributes.substring(0, attributes.length() - 1) : attributes)).strip();
    }

    private static Map<String, String> context(Answer a) {
        Map<String, String> out = new TreeMap<>();
        a.text("s").ifPresent(s -> out.put("severity", s));
        a.text("c").ifPresent(c -> out.put("component", c));
        a.text("ctx").ifPresent(c -> out.put("context", c));
        a.number("id").ifPresent(i -> out.put("id", Long.toString(i)));
        return out;
    }

    private static LogEntry.Level level(String severity) {
        return switch (severity) {
            case "F" -> LogEntry.Level.FATAL;
            case "E" -> LogEntry.Level.ERROR;
            case "W" -> LogEntry.Level.WARNING;
            case "I" -> LogEntry.Level.INFO;
            default -> LogEntry.Level.DEBUG;
        };
    }
}
