package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks at processes through /proc. PostgreSQL processes are recognised by their working directory: the postmaster enters the data
 * directory and all its children inherit it, so they are found even after the postmaster died. Stateless.
 */
final class Processes {
    private static final Set<String> PROGRAMS = Set.of("postgres", "pg_ctl", "initdb");

    private Processes() {}

    /** Live PostgreSQL processes whose working directory is {@code directory} or below; zombies do not count. */
    static List<Long> postgresIn(Path directory) {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path proc : all) {
                if (isPostgresIn(proc, directory)) {
                    found.add(Long.parseLong(String.valueOf(proc.getFileName())));
                }
            }
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot read /proc: " + e.getMessage(), e);
        }
        return found;
    }

    static boolean isPostgresIn(long pid, Path directory) {
        return isPostgresIn(Path.of("/proc", Long.toString(pid)), directory);
    }

    private static boolean isPostgresIn(Path proc, Path directory) {
        try {
            return PROGRAMS.contains(Files.readString(proc.resolve("comm")).strip())
                    && Files.readSymbolicLink(proc.resolve("cwd")).startsWith(directory);
        } catch (IOException gone) {
            // Ended while we looked, a zombie, or somebody else's process: in each case none of ours.
            return false;
        }
    }

    /** Clock ticks since boot at which the process started; with the boot id this names a process for good. */
    static OptionalLong startTicks(long pid) {
        try {
            String stat = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat")), StandardCharsets.UTF_8);
            // The second field is the program name in brackets and may hold blanks; field 22 is the 20th after it.
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            if (fields.get(0).equals("Z")) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(Long.parseLong(fields.get(19)));
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
