package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs operating system commands. Output goes to a file: a pipe would stay open as long as a server that inherited it. */
final class Commands {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Commands() {}

    /** What a command answered. */
    record Result(List<String> command, int exit, String output) {
        boolean ok() {
            return exit == 0;
        }

        Result orThrow() {
            if (!ok()) {
                throw new EmbeddedClusterException(
                        "Exit code " + exit + " from " + String.join(" ", command) + ": " + output.strip());
            }
            return this;
        }
    }

    /** A command under way. Confined to one thread. */
    record Running(List<String> command, Process process, Path output) {
        Result await() {
            try {
                if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new EmbeddedClusterException(
                            "No end within " + LIMIT.toSeconds() + " s: " + String.join(" ", command));
                }
                String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
                Files.deleteIfExists(output);
                return new Result(command, process.exitValue(), said);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddedClusterException("Interrupted while running " + String.join(" ", command), e);
            } catch (IOException e) {
                throw new EmbeddedClusterException("Cannot read the output of " + String.join(" ", command), e);
            }
        }
    }

    static Result run(Path directory, List<String> command) {
        return launch(directory, command).await();
    }

    static Running launch(Path directory, List<String> command) {
        try {
            Path output = Files.createTempFile(directory, ".out", "");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            // Variables like PGDATA or PGPORT of the caller must not reach the servers.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
            builder.environment().put("LC_ALL", "C");
            return new Running(command, builder.start(), output);
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot run " + String.join(" ", command) + ": " + e.getMessage(), e);
        }
    }
}
