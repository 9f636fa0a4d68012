package io.gds.samples.cli;

import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of one call: everything that libraries say, every event of the run, and where a failure came from. */
final class LogFile implements RunListener, AutoCloseable {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    /** It tells of every remote shell that is opened. */
    private static final Logger CHATTY = Logger.getLogger("org.apache.cxf");

    private final Path file;
    private final Handler handler;
    private final Logger log = Logger.getLogger("hotfix");

    private LogFile(Path file, Handler handler) {
        this.file = file;
        this.handler = handler;
    }

    /** Opens {@code output/logs/hotfix_YYYYMMDD_HHMMSS.log}. */
    static LogFile open(Path output, Level level, Clock clock) throws IOException {
        Path logs = Files.createDirectories(output.resolve("logs"));
        Path file = logs.resolve("hotfix_" + NAME.format(clock.instant().atZone(ZoneId.systemDefault())) + ".log");
        FileHandler handler = new FileHandler(file.toString(), true);
        handler.setFormatter(new Line());
        handler.setEncoding("UTF-8");
        handler.setLevel(level);
        Logger root = Logger.getLogger("");
        for (Handler other : root.getHandlers()) {
            root.removeHandler(other);
        }
        root.addHandler(handler);
        root.setLevel(level);
        CHATTY.setLevel(Level.SEVERE);
        return new LogFile(file, handler);
    }

    Path file() {
        return file;
    }

    void say(String line) {
        log.info(line);
    }

    void failed(String what, Throwable why) {
        log.log(Level.SEVERE, what, why);
    }

    @Override
    public void onEvent(RunEvent event) {
        Level level =
                switch (event.type()) {
                    case STEP_FAILED, STEP_UNKNOWN -> Level.SEVERE;
                    case STEP_ATTEMPT_FAILED, WAY_BACK_STARTED, CANCEL_REQUESTED -> Level.WARNING;
                    case PROGRESS, WAITING, STEP_CHECKPOINT -> Level.FINE;
                    default -> Level.INFO;
                };
        log.log(level, () -> line(event));
    }

    private static String line(RunEvent event) {
        Optional<Params> facts =
                event.data().has("facts") ? Optional.of(event.data().object("facts")) : Optional.empty();
        String exit = facts.filter(f -> f.has("exitCode")).map(LogFile::exit).orElse("");
        return "run " + event.run() + event.step().map(s -> " step " + s).orElse("") + " " + event.type() + exit
                + (event.data().isEmpty() ? "" : " " + event.data());
    }

    private static String exit(Params f) {
        return " exit code " + f.integer("exitCode")
                + f.optionalString("path").map(p -> " of " + p).orElse("")
                + (f.has("instances") ? " on " + String.join(", ", f.strings("instances")) : "");
    }

    @Override
    public void close() {
        handler.close();
    }

    /** Time, level, who, what; and the trace of whatever was thrown. */
    private static final class Line extends Formatter {
        @Override
        public String format(LogRecord r) {
            StringWriter out = new StringWriter();
            out.append(TIME.format(r.getInstant()))
                    .append(' ')
                    .append(String.format(Locale.ROOT, "%-7s", r.getLevel().getName()))
                    .append(' ')
                    .append(String.valueOf(r.getLoggerName()))
                    .append(": ")
                    .append(formatMessage(r))
                    .append('\n');
            if (r.getThrown() != null) {
                r.getThrown().printStackTrace(new PrintWriter(out, true));
            }
            return out.toString();
        }
    }
}
