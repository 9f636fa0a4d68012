package io.gds.database.testkit.windows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process. Thread-safe. */
public final class HostProcess {
    private final WindowsHost host;
    private final int id;
    private final int parent;
    private final Start start;
    private final Instant startedAt;
    private final Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ModelThreads.Signal ended;
    private final List<Consumer<HostProcess>> listeners = new ArrayList<>();
    private final ProcessInput input;
    private RunningProgram running = RunningProgram.NOTHING;
    private @Nullable Integer exitCode;
    private boolean lost;
    private boolean killed;

    /** How a process is started. */
    record Start(
            String path,
            String line,
            Account account,
            Map<String, String> environment,
            String directory,
            ByteSink out,
            ByteSink err) {
        String commandLine() {
            String name = path.contains(" ") ? "\"" + path + "\"" : path;
            return line.isEmpty() ? name : name + " " + line;
        }
    }

    HostProcess(WindowsHost host, int id, int parent, Start start) {
        this.host = host;
        this.id = id;
        this.parent = parent;
        this.start = start;
        this.startedAt = host.now();
        this.ended = host.timer().threads().signal();
        this.input = new ProcessInput(host.timer().threads());
        this.environment.putAll(start.environment());
    }

    /** Its number; after a restart of the host others have the same ones. */
    public int id() {
        return id;
    }

    int parent() {
        return parent;
    }

    /** The name of its program, {@code setup.exe} for example. */
    public String name() {
        return Paths.name(start.path());
    }

    /** The path of its program. */
    public String path() {
        return start.path();
    }

    /** The whole command line. */
    public String commandLine() {
        return start.commandLine();
    }

    /** Whose it is. */
    public Account account() {
        return start.account();
    }

    /** Since when it runs. */
    public Instant startedAt() {
        return startedAt;
    }

    String directory() {
        return start.directory();
    }

    /** Its own environment, which it may change. */
    Map<String, String> environment() {
        return environment;
    }

    /** An environment variable; null when it is not set. */
    public synchronized @Nullable String environment(String name) {
        return environment.get(name);
    }

    ProcessInput input() {
        return input;
    }

    /** Writes to its standard output, in the code page of consoles. */
    public void print(String text) {
        start.out().write(host.codePage().encode(text));
    }

    /** Writes to its standard error, in the code page of consoles. */
    public void printError(String text) {
        start.err().write(host.codePage().encode(text));
    }

    ByteSink out() {
        return start.out();
    }

    ByteSink err() {
        return start.err();
    }

    /** Its exit code; empty while it runs, and when the host took it down with itself. */
    public synchronized OptionalInt exitCode() {
        return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /** Whether it has not ended. */
    public synchronized boolean isAlive() {
        return exitCode == null && !lost;
    }

    synchronized boolean isLost() {
        return lost;
    }

    /** Ends it, as the program does by itself. Does nothing when it has ended. */
    public void end(int code) {
        finish(code, false);
    }

    /** Ends it from outside. */
    public void kill(int code) {
        finish(code, true);
    }

    /** The host goes down: nobody hears of its end. */
    void lose() {
        synchronized (this) {
            if (!isAlive()) {
                return;
            }
            lost = true;
            listeners.clear();
        }
        running().killed();
        ended.open();
    }

    private void finish(int code, boolean fromOutside) {
        List<Consumer<HostProcess>> told;
        synchronized (this) {
            if (!isAlive()) {
                return;
            }
            exitCode = code;
            killed = fromOutside;
            told = List.copyOf(listeners);
        }
        if (fromOutside) {
            running().killed();
        }
        host.work().closeAll(this);
        host.events().add(HostEvent.Kind.PROCESS_ENDED, name());
        told.forEach(l -> l.accept(this));
        ended.open();
    }

    /** Does something when it ends, or at once when it has; never when the host takes it down with itself. */
    public void whenEnded(Consumer<HostProcess> listener) {
        synchronized (this) {
            if (isAlive()) {
                listeners.add(listener);
                return;
            }
            if (lost) {
                return;
            }
        }
        listener.accept(this);
    }

    ModelThreads.Signal ended() {
        return ended;
    }

    /** Its program is under way; one that was ended while it began is told so now. */
    void running(RunningProgram program) {
        boolean over;
        synchronized (this) {
            running = program;
            over = lost || killed;
        }
        if (over) {
            program.killed();
        }
    }

    synchronized RunningProgram running() {
        return running;
    }
}
