package io.gds.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program of the JDK that runs beside the test, with the test's class path. */
final class Program {
    private Program() {}

    /** Runs it to its end and gives its lines; a failure shows all of them. */
    static List<String> run(String tool, List<String> arguments, Path log) throws IOException, InterruptedException {
        return run(tool, arguments, log, inherited -> {}, 0);
    }

    /** The same in other surroundings, and with another end. */
    static List<String> run(
            String tool, List<String> arguments, Path log, Consumer<ProcessBuilder> surroundings, int exitCode)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        surroundings.accept(builder);
        Process p = builder.start();
        try {
            assertThat(p.waitFor(6, TimeUnit.MINUTES)).as("ended in time").isTrue();
        } finally {
            p.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        assertThat(p.exitValue()).as(() -> String.join("\n", lines)).isEqualTo(exitCode);
        return lines;
    }

    /** Surefire hides the real one behind a jar of its own, which JShell does not look into. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
