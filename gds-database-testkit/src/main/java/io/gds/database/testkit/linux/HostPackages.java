package io.gds.database.testkit.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The packages of a host, and what its repositories have. An installation goes on by itself once it has begun. It is a fault of whoever began
 * it when a service of these packages runs meanwhile: that is noted. Thread-safe.
 */
public final class HostPackages implements LinuxProgram {
    private static final int REFUSED = 100;

    private final LinuxHost host;
    private final Map<String, String> installed = new TreeMap<>();
    private final Set<String> offered = new LinkedHashSet<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenReplaced = new CopyOnWriteArrayList<>();
    private Duration takes = Duration.ZERO;
    private String failure = "";
    private boolean busy;
    private boolean broken;
    private int installations;

    HostPackages(LinuxHost host) {
        this.host = host;
    }

    /** A package that is there, and stays in the repository. */
    public synchronized HostPackages installed(String name, String version) {
        installed.put(name, version);
        return offers(name, version);
    }

    /** A package that the repository has. */
    public synchronized HostPackages offers(String name, String version) {
        offered.add(name + "=" + version);
        return this;
    }

    /** How long an installation takes. */
    public synchronized HostPackages takes(Duration time) {
        takes = time;
        return this;
    }

    /** Installations fail with these words, and change nothing; empty for not any more. */
    public synchronized HostPackages fails(String words) {
        failure = words;
        return this;
    }

    /** Does something each time that other programs are there. */
    public HostPackages whenReplaced(Runnable work) {
        whenReplaced.add(work);
        return this;
    }

    /** What is installed of a package. */
    public synchronized String version(String name) {
        return installed.getOrDefault(name, "");
    }

    /** How many installations have begun. */
    public synchronized int installations() {
        return installations;
    }

    /** What should not have been done. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** {@code list}, {@code offers}, {@code state}, and {@code install NAME=VERSION...}. */
    @Override
    public Exit run(List<String> words, String user) {
        return switch (words.isEmpty() ? "" : words.get(0)) {
            case "list" -> Exit.good(list());
            case "offers" -> Exit.good(String.join("\n", offers()));
            case "state" -> Exit.good(state());
            case "install" -> install(words.subList(1, words.size()), user);
            default -> host.unknown("model-packages " + String.join(" ", words));
        };
    }

    private synchronized String list() {
        List<String> out = new ArrayList<>();
        installed.forEach((name, version) -> out.add(name + "=" + version));
        return String.join("\n", out);
    }

    private synchronized List<String> offers() {
        return List.copyOf(offered);
    }

    private synchronized String state() {
        return busy ? "busy" : broken ? "broken" : "idle";
    }

    private synchronized Exit install(List<String> pins, String user) {
        if (!user.equals("root")) {
            return Exit.failed(REFUSED, "are you root?");
        }
        if (busy) {
            return Exit.failed(REFUSED, "the lock is held");
        }
        if (!offered.containsAll(pins)) {
            return Exit.failed(REFUSED, "no repository has " + pins);
        }
        if (!failure.isEmpty()) {
            return Exit.failed(REFUSED, failure);
        }
        if (host.unit("mssql-server").state() == SystemdUnit.State.ACTIVE) {
            faults.add(host.name() + ": " + pins + " while mssql-server runs");
        }
        busy = true;
        broken = true;
        installations++;
        host.timer().after(takes, () -> done(pins));
        return Exit.good("");
    }

    private void done(List<String> pins) {
        synchronized (this) {
            pins.forEach(p -> installed.put(p.substring(0, p.indexOf('=')), p.substring(p.indexOf('=') + 1)));
            busy = false;
            broken = false;
        }
        whenReplaced.forEach(Runnable::run);
    }
}
