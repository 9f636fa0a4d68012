package io.gds.samples.mongo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Looks for {@code mongod} processes through /proc: by the configuration file on their command line. Stateless. */
final class Mongods {
    private Mongods() {}

    /** The process that runs with this configuration file; zombies do not count. */
    static OptionalLong with(Path configFile) {
        return find(words -> words.contains(configFile.toString())).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** All whose command line names a file below this directory. */
    static List<Long> below(Path directory) {
        return find(words -> words.stream().anyMatch(w -> w.startsWith(directory + "/")));
    }

    private interface Wanted {
        boolean is(List<String> words);
    }

    private static List<Long> find(Wanted wanted) {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path proc : all) {
                List<String> words = words(proc);
                if (!words.isEmpty() && words.get(0).endsWith("/mongod") && wanted.is(words)) {
                    found.add(Long.parseLong(String.valueOf(proc.getFileName())));
                }
            }
        } catch (IOException e) {
            throw new ReplicaSetException("cannot read /proc: " + e.getMessage(), e);
        }
        return found;
    }

    /** Empty for a zombie, for a kernel thread, and for one that has ended meanwhile. */
    private static List<String> words(Path proc) {
        try {
            String line = new String(Files.readAllBytes(proc.resolve("cmdline")), StandardCharsets.UTF_8);
            return line.isEmpty() ? List.of() : List.of(line.split("\0", -1));
        } catch (IOException gone) {
            return List.of();
        }
    }

    static void signal(long pid, String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            kill.onExit().join();
        } catch (IOException e) {
            throw new ReplicaSetException("cannot signal " + pid + ": " + e.getMessage(), e);
        }
    }
}
