package io.gds.engine.postgres.internal;

import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A shell of this machine for tests; other users by setpriv or runuser. */
final class TestShell implements HostShell {
    private final Optional<String> usual;

    /** A shell whose commands run as a user unless they say otherwise. */
    TestShell(Optional<String> usual) {
        this.usual = usual;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public CommandResult run(Command command) {
        long begun = System.nanoTime();
        try {
            Path out = Files.createTempFile("gds-test", ".out");
            Path err = Files.createTempFile("gds-test", ".err");
            try {
                Process process = start(command, out, err);
                process.getOutputStream().write(command.input().getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().close();
                boolean ended = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                return new CommandResult(
                        command.toString(),
                        ended ? CommandResult.Status.EXITED : CommandResult.Status.TIMED_OUT,
                        ended ? process.exitValue() : -1,
                        command.masked(Files.readString(out)),
                        command.masked(Files.readString(err)),
                        false,
                        Duration.ofNanos(System.nanoTime() - begun));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            return new CommandResult(
                    command.toString(),
                    CommandResult.Status.NOT_STARTED,
                    -1,
                    "",
                    String.valueOf(e.getMessage()),
                    false,
                    Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process start(Command command, Path out, Path err) throws IOException {
        List<String> words = new ArrayList<>();
        Optional<String> user = command.user().or(() -> usual).filter(u -> !u.equals(System.getProperty("user.name")));
        if (user.isPresent()) {
            words.addAll(List.of("setpriv", "--reuid", user.get(), "--clear-groups", "--"));
        }
        words.addAll(command.words());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(Path.of("/").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    @Override
    public void launch(Command command) {
        throw new IllegalStateException("not needed by these tests");
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            return Files.exists(Path.of(path)) ? Optional.of(Files.readAllBytes(Path.of(path))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(String path, byte[] content, String mode, String user) {
        throw new IllegalStateException("not needed by these tests");
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
