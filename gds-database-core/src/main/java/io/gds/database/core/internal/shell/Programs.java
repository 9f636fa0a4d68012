package io.gds.database.core.internal.shell;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where programs are and what they inherit. */
final class Programs {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Programs() {}

    /** Of our own environment only what every program needs: it may hold secrets of the host program. */
    static Map<String, String> environment() {
        Map<String, String> out = new TreeMap<>();
        out.put("PATH", PATH);
        for (String name : new String[] {"PATH", "LANG", "HOME", "TZ"}) {
            String value = System.getenv(name);
            if (value != null) {
                out.put(name, value);
            }
        }
        return out;
    }

    /**
     * Finds a program as {@code execvp} would. Done here and not by the operating system, so that a missing program is
     * told from a program that fails, whatever we wrap around it.
     */
    static Optional<String> find(String program, Map<String, String> environment) {
        try {
            if (program.indexOf('/') >= 0) {
                return runnable(Path.of("/").resolve(program));
            }
            for (String directory : environment.getOrDefault("PATH", PATH).split(":", -1)) {
                Optional<String> found = directory.startsWith("/") && !program.isEmpty()
                        ? runnable(Path.of(directory, program))
                        : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> runnable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path) ? Optional.of(path.toString()) : Optional.empty();
    }
}
