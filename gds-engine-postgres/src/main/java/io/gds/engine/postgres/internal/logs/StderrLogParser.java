package io.gds.engine.postgres.internal.logs;

import io.gds.database.LogEntry;
import io.gds.engine.postgres.internal.logs.PrefixPattern.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The plain format: a prefix, a severity, a message; more lines with a tab or a prefix of their own. Immutable. */
final class StderrLogParser implements LogParser {
    private static final Set<String> MORE = Set.of("DETAIL", "HINT", "CONTEXT", "STATEMENT", "QUERY", "LOCATION");

    private final PrefixPattern prefix;

    StderrLogParser(PrefixPattern prefix) {
        this.prefix = prefix;
    }

    @Override
    public List<LogEntry> parse(String text, String source) {
        List<Open> entries = new ArrayList<>();
        // What goes on before the first line that begins an entry began before this piece of the log.
        for (String line : text.split("\n", -1)) {
            Optional<Head> head = prefix.head(line);
            if (head.isPresent() && !MORE.contains(head.get().severity())) {
                entries.add(new Open(head.get()));
            } else if (head.isPresent()) {
                String more = head.get().severity() + ":  " + head.get().message();
                ownerOf(head.get(), entries)
                        .ifPresent(open -> open.message.append('\n').append(more));
            } else if (!entries.isEmpty() && !line.isEmpty()) {
                StringBuilder last = entries.get(entries.size() - 1).message;
                last.append('\n').append(line.startsWith("\t") ? line.substring(1) : line);
            }
        }
        return entries.stream().map(open -> open.entry(source)).toList();
    }

    /** Lines of several processes interleave: a detail belongs to the last entry of its own. */
    private static Optional<Open> ownerOf(Head more, List<Open> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Map<String, String> context = entries.get(i).head.context();
            if (context.getOrDefault("pid", "").equals(more.context().getOrDefault("pid", ""))) {
                return Optional.of(entries.get(i));
            }
        }
        return Optional.empty();
    }

    private static final class Open {
        private final Head head;
        private final StringBuilder message;

        Open(Head head) {
            this.head = head;
            this.message = new StringBuilder(head.message());
        }

        LogEntry entry(String source) {
            Map<String, String> context = new TreeMap<>(head.context());
            context.put("severity", head.severity());
            return new LogEntry(head.time(), Levels.of(head.severity()), message.toString(), source, context);
        }
    }
}
