package io.gds.database.core.internal.packages;

import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers as told, in that order; what nobody prepared succeeds and says nothing when it is plain housekeeping. */
final class ScriptedShell implements HostShell {
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final List<String> launched = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    private record Answer(String to, Status status, int code, String output) {}

    void answer(String to, int code, String output) {
        answers.add(new Answer(to, Status.EXITED, code, output));
    }

    void answer(String to, Status status) {
        answers.add(new Answer(to, status, -1, ""));
    }

    List<String> ran() {
        return ran;
    }

    List<String> launched() {
        return launched;
    }

    List<String> written() {
        return written;
    }

    /** What was prepared and never asked for. */
    List<Object> left() {
        return List.copyOf(answers);
    }

    @Override
    public String host() {
        return "scripted";
    }

    @Override
    public CommandResult run(Command command) {
        String line = line(command);
        ran.add(line);
        if (line.contains("mkdir")) {
            return new CommandResult(line, Status.EXITED, 0, "", "", false, Duration.ZERO);
        }
        Answer next = answers.poll();
        if (next == null || !line.contains(next.to())) {
            throw new AssertionError("asked \"" + line + "\", expected " + next);
        }
        return new CommandResult(line, next.status(), next.code(), next.output(), "", false, Duration.ZERO);
    }

    @Override
    public void launch(Command command) {
        launched.add(line(command));
    }

    /** The words without the text of scripts, and who runs it. */
    private static String line(Command command) {
        List<String> words = new ArrayList<>(command.words());
        words.removeIf(word -> word.startsWith("# "));
        return String.join(" ", words) + command.user().map(u -> " (" + u + ")").orElse("");
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.empty();
    }

    @Override
    public void write(String path, byte[] content, String mode, String user) {
        written.add(path + " " + mode + " " + user + ": " + new String(content, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
