package io.gds.database.testkit.windows;

import io.gds.database.testkit.windows.HostProcess.Start;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes of a host. Thread-safe. */
public final class Processes {
    private static final int FIRST = 1000;

    private final WindowsHost host;
    private final Map<Integer, HostProcess> alive = new LinkedHashMap<>();
    private int next = FIRST;

    Processes(WindowsHost host) {
        this.host = host;
    }

    /** Those that run, oldest first. */
    public synchronized List<HostProcess> running() {
        return List.copyOf(alive.values());
    }

    /** One that runs, by its number; null when there is none. */
    public synchronized @Nullable HostProcess find(int id) {
        return alive.get(id);
    }

    /** Those that run a program of this name. */
    public List<HostProcess> running(String name) {
        return running().stream().filter(p -> p.name().equalsIgnoreCase(name)).toList();
    }

    /**
     * Starts a program that is there for tests only: it belongs to SYSTEM, and nobody looks at what it writes.
     *
     * @param line what stands behind its name on the command line
     */
    public HostProcess start(String path, String line, Program program) {
        return start(
                program,
                new Start(path, line, Account.SYSTEM, host.environment(), "C:\\Windows\\System32", b -> {}, b -> {}),
                0);
    }

    HostProcess start(Program program, Start start, int parent) {
        HostProcess process;
        synchronized (this) {
            process = new HostProcess(host, next, parent, start);
            next += 4;
            alive.put(process.id(), process);
        }
        process.whenEnded(this::forget);
        host.events().add(HostEvent.Kind.PROCESS_STARTED, process.name());
        ProgramCall call = new ProgramCall(process, start.line(), CommandLine.arguments(start.line()));
        process.running(program.start(call, host));
        return process;
    }

    private synchronized void forget(HostProcess process) {
        alive.remove(process.id(), process);
    }

    /** Ends a process and all that it started. */
    void killTree(HostProcess root, int code) {
        List<HostProcess> family = new ArrayList<>(List.of(root));
        for (int i = 0; i < family.size(); i++) {
            HostProcess parent = family.get(i);
            running().stream().filter(p -> p.parent() == parent.id()).forEach(family::add);
        }
        family.forEach(p -> p.kill(code));
    }

    /** The host goes down; numbers begin anew. */
    void loseAll() {
        List<HostProcess> all;
        synchronized (this) {
            all = running();
            alive.clear();
            next = FIRST;
        }
        all.forEach(HostProcess::lose);
    }
}
