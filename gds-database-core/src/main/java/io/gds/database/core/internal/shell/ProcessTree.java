package io.gds.database.core.internal.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends a command and everything it started. A process belongs to it when it descends from it, when it is in its session,
 * or when it carries its mark in its environment; the last finds those that became daemons with a session of their own.
 */
final class ProcessTree {
    /** Set for the command to a value of its own; its children inherit it. */
    static final String MARK = "GDS_COMMAND";

    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();
    private static final long PAUSE = Duration.ofMillis(5).toNanos();
    private static final Path PROC = Path.of("/proc");

    private final Process root;
    private final String mark;

    /** What of a line of /proc/pid/stat matters here. */
    private record Stat(char state, long parent, long session) {}

    ProcessTree(Process root, String mark) {
        this.root = root;
        this.mark = "\0" + MARK + "=" + mark + "\0";
    }

    /**
     * Kills until nothing is left: a process that forks while we look is found in the next round.
     *
     * @return the processes that could not be ended
     */
    Set<Long> end() {
        long start = System.nanoTime();
        Set<Long> alive = living();
        while (!alive.isEmpty() && System.nanoTime() - start < PATIENCE) {
            alive.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            LockSupport.parkNanos(PAUSE);
            alive = living();
        }
        return alive;
    }

    private Set<Long> living() {
        Set<Long> out = new TreeSet<>();
        Map<Long, Stat> table = table();
        if (root.isAlive()) {
            out.add(root.pid());
            root.descendants()
                    .filter(ProcessHandle::isAlive)
                    .map(ProcessHandle::pid)
                    .forEach(out::add);
        }
        table.forEach((pid, stat) -> {
            if (stat.session() == root.pid() || marked(pid)) {
                out.add(pid);
            }
        });
        // What the marked ones started with an environment of their own.
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<Long, Stat> e : table.entrySet()) {
                more |= out.contains(e.getValue().parent()) && out.add(e.getKey());
            }
        }
        out.remove(ProcessHandle.current().pid());
        // The dead that nobody has buried yet can do no harm.
        out.removeIf(pid -> {
            Stat stat = table.get(pid);
            return stat != null && (stat.state() == 'Z' || stat.state() == 'X');
        });
        return out;
    }

    private static Map<Long, Stat> table() {
        Map<Long, Stat> out = new HashMap<>();
        if (!Files.isDirectory(PROC)) {
            return out; // not Linux: descendants are all we can see
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                Stat stat = stat(process);
                if (stat != null) {
                    out.put(Long.valueOf(String.valueOf(process.getFileName())), stat);
                }
            }
        } catch (IOException e) {
            return out;
        }
        return out;
    }

    private static @Nullable Stat stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // pid (name) state parent group session ...: the name may hold blanks and parentheses
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(fields[0].charAt(0), Long.parseLong(fields[1]), Long.parseLong(fields[3]));
        } catch (IOException e) {
            return null; // gone meanwhile
        }
    }

    private boolean marked(long pid) {
        try {
            String all = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + all).contains(mark);
        } catch (IOException e) {
            return false; // gone, or of another user, whom we could not kill either
        }
    }
}
