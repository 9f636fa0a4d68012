package io.gds.database.testkit.linux;

import io.gds.database.testkit.windows.HostTimer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host. What nobody told it about is a command that is not found, and is noted: a test asserts that there is none. Thread-safe. */
public final class LinuxHost {
    private static final String ROOT = "root";
    private static final int NOT_FOUND = 127;

    private final String name;
    private final HostTimer timer;
    private final Map<String, SystemdUnit> units = new ConcurrentHashMap<>();
    private final Map<String, LinuxProgram> programs = new ConcurrentHashMap<>();
    private final HostPackages packages = new HostPackages(this);
    private final List<String> unsupported = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    /**
     * A host on which nothing runs.
     *
     * @param name what it calls itself
     */
    public LinuxHost(String name, HostTimer timer) {
        this.name = name;
        this.timer = timer;
        program("systemctl", new Systemctl(this));
        program(
                "id",
                (words, user) -> words.equals(List.of("-u"))
                        ? LinuxProgram.Exit.good(user.equals(ROOT) ? "0\n" : "1000\n")
                        : unknown("id " + String.join(" ", words)));
        program("model-packages", packages);
    }

    /** What it calls itself. */
    public String name() {
        return name;
    }

    /** Its time. */
    public HostTimer timer() {
        return timer;
    }

    /** Puts a program there. */
    public void program(String called, LinuxProgram program) {
        programs.put(called, program);
    }

    /** A unit of systemd, which is made when it is first asked for, and has not been started. */
    public SystemdUnit unit(String called) {
        return units.computeIfAbsent(called, n -> new SystemdUnit(n, timer));
    }

    /** Its packages. */
    public HostPackages packages() {
        return packages;
    }

    /** Says nothing any more to whoever comes by the shell, or speaks again. */
    public void silent(boolean on) {
        silent = on;
    }

    /** Whether it says nothing. */
    public boolean isSilent() {
        return silent;
    }

    /** Runs a command. */
    public LinuxProgram.Exit run(List<String> words, String user) {
        commands.add(String.join(" ", words));
        LinuxProgram program = programs.get(words.get(0));
        return program == null ? unknown(String.join(" ", words)) : program.run(words.subList(1, words.size()), user);
    }

    /** All commands that came, oldest first. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** Commands that no model knows. */
    public List<String> unsupported() {
        return List.copyOf(unsupported);
    }

    /** Notes what no model knows. */
    public LinuxProgram.Exit unknown(String command) {
        unsupported.add(name + ": " + command);
        return LinuxProgram.Exit.failed(NOT_FOUND, "no model of this host knows: " + command);
    }

    boolean hasUnit(String called) {
        return units.containsKey(called);
    }
}
