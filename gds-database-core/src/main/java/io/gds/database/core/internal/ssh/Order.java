package io.gds.database.core.internal.ssh;

import io.gds.database.spi.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One command as it is told to the host.
 *
 * @param id what our words on the error stream begin with, so that no output is mistaken for them
 * @param command the command
 * @param input how its input travels
 */
record Order(String id, Command command, Input input) {
    private static final int MAX_IN_LINE = 16 * 1024;
    /** The host counts no further; whoever says more does not mean it. */
    static final Duration LONGEST = Duration.ofDays(3650);

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** As for commands of this host, so that whoever reads a host's processes finds one name. */
    private static final String MARK = "GDS_COMMAND";

    /**
     * Where input comes from.
     *
     * @param mode how run.sh gives it to the command
     * @param size bytes that follow the line
     * @param source these bytes
     */
    record Input(String mode, long size, Source source) {
        /** What a small command reads, in the line itself; more is all on the host before the command starts. */
        static Input of(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length == 0) {
                return new Input("none", 0, InputStream::nullInputStream);
            }
            boolean inLine = bytes.length <= MAX_IN_LINE && text.indexOf('\0') < 0;
            return inLine
                    ? new Input("text", 0, InputStream::nullInputStream)
                    : new Input("spool", bytes.length, () -> new ByteArrayInputStream(bytes));
        }

        boolean isStream() {
            return mode.equals("stream");
        }

        /** Straight to a command that knows by itself when some of it is missing. */
        static Input stream(long size, Source source) {
            return new Input("stream", size, source);
        }
    }

    /** Opens the bytes of an input. */
    interface Source {
        InputStream open() throws IOException;
    }

    static Order of(Command command) {
        return of(command, Input.of(command.input()));
    }

    static Order of(Command command, Input input) {
        return new Order(UUID.randomUUID().toString().replace("-", ""), command, input);
    }

    /** Why it cannot be told to a shell at all. */
    Optional<String> flaw() {
        for (String word : command.words()) {
            if (word.indexOf('\0') >= 0) {
                return Optional.of("a word holds a NUL character");
            }
        }
        for (Map.Entry<String, String> e : command.environment().entrySet()) {
            if (!VARIABLE.matcher(e.getKey()).matches() || e.getValue().indexOf('\0') >= 0) {
                return Optional.of("\"" + e.getKey() + "\" cannot be the name of an environment variable, or its value"
                        + " holds a NUL character");
            }
        }
        return Optional.empty();
    }

    /** The line that runs it and stays with it. */
    String toRun() {
        String mark = UUID.randomUUID().toString();
        Duration limit = command.timeout().isNegative() ? Duration.ZERO : command.timeout();
        double seconds = (limit.compareTo(LONGEST) > 0 ? LONGEST : limit).toMillis() / 1000.0;
        return told(mark)
                .assign("gds_mark", mark)
                .assign("gds_limit", String.format(Locale.ROOT, "%.3f", seconds))
                .assign("gds_mode", input.mode())
                .assign("gds_size", Long.toString(input.size()))
                .assign("gds_text", input.mode().equals("text") ? command.input() : "")
                .assign("gds_killer", HostPrograms.KILL)
                .syntax(HostPrograms.RUN)
                .toRun();
    }

    /** The line that starts it and leaves. */
    String toLaunch() {
        return told("").syntax(HostPrograms.LAUNCH).toRun();
    }

    private ShellLine told(String mark) {
        ShellLine line = ShellLine.empty().assign("gds_id", id);
        String path = command.environment().get("PATH");
        if (path != null) {
            line = line.assign("gds_path", path);
        }
        line = line.syntax("gds_env() { :");
        if (!mark.isEmpty()) {
            line = line.syntax("; export " + MARK + "=").word(mark);
        }
        for (Map.Entry<String, String> e : command.environment().entrySet()) {
            line = line.syntax("; export " + e.getKey() + "=").word(e.getValue()); // flaw() has seen the name
        }
        line = line.syntax("; }; set --");
        for (String word : command.words()) {
            line = line.syntax(" ").word(word);
        }
        return line.syntax("; ");
    }
}
