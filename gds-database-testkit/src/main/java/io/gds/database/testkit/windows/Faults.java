package io.gds.database.testkit.windows;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is wrong with a host. Nothing, until a test says so; each can be set and taken back at any time. Thread-safe. */
public final class Faults {
    private final WindowsHost host;
    private final Set<String> full = ConcurrentHashMap.newKeySet();
    private final Set<String> locked = ConcurrentHashMap.newKeySet();
    private final Set<String> quarantined = ConcurrentHashMap.newKeySet();
    private final Set<String> deniedKeys = ConcurrentHashMap.newKeySet();
    private final Set<String> notStarting = ConcurrentHashMap.newKeySet();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private final Set<String> quick = ConcurrentHashMap.newKeySet();
    private volatile boolean schedulerDisabled;
    private volatile boolean onlySignedScripts;
    private volatile boolean wmiBroken;
    private volatile Duration skew = Duration.ZERO;

    Faults(WindowsHost host) {
        this.host = host;
    }

    private static void set(Set<String> set, String what, boolean on) {
        if (on) {
            set.add(Paths.fold(what));
        } else {
            set.remove(Paths.fold(what));
        }
    }

    /** A drive has no room left: whatever makes a file larger fails. */
    public Faults full(String drive, boolean on) {
        set(full, drive, on);
        return this;
    }

    /** Somebody holds a file: whoever opens it gets a sharing violation. */
    public Faults locked(String path, boolean on) {
        set(locked, path, on);
        return this;
    }

    /** An antivirus takes away each file whose path ends with this, right after it was written. */
    public Faults quarantines(String pathEnd, boolean on) {
        set(quarantined, pathEnd, on);
        return this;
    }

    /** A key of the registry, and what is below it, may not be read. */
    public Faults deniedKey(String key, boolean on) {
        set(deniedKeys, Registry.whole(key), on);
        return this;
    }

    /** A service comes down again as soon as it was started. */
    public Faults doesNotStart(String service, boolean on) {
        set(notStarting, service, on);
        return this;
    }

    /** A service begins to start and never gets further. */
    public Faults hangsInStart(String service, boolean on) {
        set(hanging, service, on);
        return this;
    }

    /**
     * A program, by the name of its file, has ended before the one who started it holds its handle: the exit code is not to
     * be had then.
     */
    public Faults endsBeforeItsHandleIsHeld(String program, boolean on) {
        set(quick, program, on);
        return this;
    }

    /** Tasks can be neither registered nor started nor removed. */
    public Faults schedulerDisabled(boolean on) {
        schedulerDisabled = on;
        return this;
    }

    /** A group policy lets only signed scripts run, whatever a command line says. */
    public Faults onlySignedScripts(boolean on) {
        onlySignedScripts = on;
        return this;
    }

    /** WMI answers nothing. */
    public Faults wmiBroken(boolean on) {
        wmiBroken = on;
        return this;
    }

    /** The host's clock is ahead of the test's by this, or behind when it is negative. */
    public Faults clockAhead(Duration by) {
        skew = by;
        return this;
    }

    boolean isFull(String drive) {
        return full.contains(Paths.fold(drive));
    }

    boolean isLocked(String path) {
        return locked.contains(Paths.fold(path));
    }

    boolean isDenied(String key) {
        String folded = Paths.fold(Registry.whole(key));
        return deniedKeys.stream().anyMatch(d -> folded.equals(d) || folded.startsWith(d + "\\"));
    }

    boolean doesNotStart(String service) {
        return notStarting.contains(Paths.fold(service));
    }

    boolean hangs(String service) {
        return hanging.contains(Paths.fold(service));
    }

    boolean endsBeforeItsHandleIsHeld(String program) {
        return quick.contains(Paths.fold(program));
    }

    boolean schedulerIsDisabled() {
        return schedulerDisabled;
    }

    boolean onlySignedScripts() {
        return onlySignedScripts;
    }

    boolean wmiIsBroken() {
        return wmiBroken;
    }

    Duration skew() {
        return skew;
    }

    void afterWriting(String path) {
        if (quarantined.stream().anyMatch(q -> Paths.fold(path).endsWith(q))) {
            host.files().remove(path);
            host.events().add(HostEvent.Kind.FILE_DELETED, path);
        }
    }
}
