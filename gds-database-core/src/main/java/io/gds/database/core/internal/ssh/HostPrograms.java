package io.gds.database.core.internal.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Our own programs for the host's shell, each as one line. */
final class HostPrograms {
    /** Runs the command that {@link Order} describes. */
    static final String RUN = load("prologue.sh") + " " + load("run.sh");
    /** Starts it and leaves. */
    static final String LAUNCH = load("prologue.sh") + " " + load("launch.sh");
    /** What {@link #RUN} ends a command with. */
    static final String KILL = load("kill.sh");
    /** Receives a file; the arguments are said there. */
    static final String RECEIVE = load("receive.sh");

    private HostPrograms() {}

    private static String load(String name) {
        try (InputStream in = HostPrograms.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
