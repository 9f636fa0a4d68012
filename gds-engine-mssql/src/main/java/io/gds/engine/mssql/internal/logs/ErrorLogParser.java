package io.gds.engine.mssql.internal.logs;

import io.gds.database.LogEntry;
import io.gds.database.LogEntry.Level;
import io.gds.engine.mssql.internal.sql.ServerTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries of the lines of a log. An error has two: {@code Error: 18456, Severity: 14, State: 8.}, and then what it says. Confined
 * to one thread.
 *
 * <p>Source: Database engine error severities: up to 10 information, from 20 on fatal.
 */
final class ErrorLogParser {
    private static final Pattern ERROR =
            Pattern.compile("Error: (\\d+), Severity: (\\d+), State: (\\d+)\\..*", Pattern.DOTALL);
    private static final Pattern WARNING = Pattern.compile("(?i)\\bwarning\\b");
    private static final int HIGHEST_INFORMATION = 10;
    private static final int LOWEST_FATAL = 20;

    private final ServerTime time;
    private final String source;
    private final Consumer<LogEntry> entries;
    private @Nullable Line head;

    /** A line as the server gives it. */
    record Line(Instant at, String process, String text) {}

    ErrorLogParser(ServerTime time, String source, Consumer<LogEntry> entries) {
        this.time = time;
        this.source = source;
        this.entries = entries;
    }

    void line(LocalDateTime at, String process, String text) {
        Line line = new Line(time.at(at), process, text.strip());
        @Nullable Line before = head;
        head = null;
        if (before != null) {
            boolean belongs =
                    before.process().equals(line.process()) && before.at().equals(line.at());
            entries.accept(error(before, belongs ? Optional.of(line.text()) : Optional.empty()));
            if (belongs) {
                return;
            }
        }
        if (ERROR.matcher(line.text()).matches()) {
            head = line;
            return;
        }
        Level level = WARNING.matcher(line.text()).find() ? Level.WARNING : Level.INFO;
        entries.accept(new LogEntry(line.at(), level, line.text(), source, Map.of("process", line.process())));
    }

    /** No line comes any more. */
    void end() {
        @Nullable Line before = head;
        head = null;
        if (before != null) {
            entries.accept(error(before, Optional.empty()));
        }
    }

    private LogEntry error(Line head, Optional<String> said) {
        Matcher m = ERROR.matcher(head.text());
        Map<String, String> context = new TreeMap<>(Map.of("process", head.process()));
        int severity = HIGHEST_INFORMATION + 1;
        if (m.matches()) {
            context.put("error", m.group(1));
            context.put("severity", m.group(2));
            context.put("state", m.group(3));
            severity = Integer.parseInt(m.group(2));
        }
        Level level =
                severity >= LOWEST_FATAL ? Level.FATAL : severity > HIGHEST_INFORMATION ? Level.ERROR : Level.INFO;
        return new LogEntry(
                head.at(), level, head.text() + said.map(s -> "\n" + s).orElse(""), source, context);
    }
}
