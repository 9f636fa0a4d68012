package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostFile;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.ProgramCall;
import io.gds.database.testkit.windows.RunningProgram;
import io.gds.database.testkit.windows.WindowsHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An update package on a model host. It unpacks itself with {@code /x:}, and the setup in it patches instances or removes the patch,
 * one run at a time on a host, and writes Summary.txt. Thread-safe.
 *
 * <p>Source: Installing SQL Server updates from the command prompt; the exit codes and the layout of Summary.txt of the reference.
 */
public final class UpdatePackage {
    private static final Duration UNPACKING = Duration.ofSeconds(40);
    private static final int ANOTHER_SETUP_RUNS = 0x84C4000B;
    private static final int BAD_PARAMETER = 0x84B40000;
    private static final String SIGNER =
            "CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final WindowsHost host;
    private final String path;
    private final String version;
    private final List<InstalledInstance> instances;
    private final Deque<SetupBehaviour> planned = new ArrayDeque<>();
    private final Map<String, String> before = new HashMap<>();
    private Duration unpacking = UNPACKING;
    private int started;
    private int running;
    private Optional<Runnable> hanging = Optional.empty();

    private UpdatePackage(
            WindowsHost host, String path, long bytes, String version, List<InstalledInstance> instances) {
        this.host = host;
        this.path = path;
        this.version = version;
        this.instances = List.copyOf(instances);
        String file = path.substring(path.lastIndexOf('\\') + 1);
        host.files()
                .put(
                        path,
                        HostFile.declared(bytes, hash(file))
                                .version(version)
                                .signed(HostFile.Signature.Status.VALID, SIGNER)
                                .program(this::unpack));
    }

    /**
     * Lays a package on a host.
     *
     * @param path where
     * @param version what instances run that it patched
     * @param instances the instances of the host; those of another major are left alone
     */
    public static UpdatePackage at(WindowsHost host, String path, String version, List<InstalledInstance> instances) {
        return new UpdatePackage(host, path, 700L << 20, version, instances);
    }

    /** The SHA-256 of every package of a file name, the same on all hosts. */
    public static String hash(String file) {
        String half = UUID.nameUUIDFromBytes(file.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return half + half;
    }

    /** How the next runs go, one after the other; then all goes well. */
    public synchronized UpdatePackage next(SetupBehaviour... behaviours) {
        planned.addAll(List.of(behaviours));
        return this;
    }

    /** How the next run goes, before those that are planned already. */
    public synchronized UpdatePackage first(SetupBehaviour behaviour) {
        planned.addFirst(behaviour);
        return this;
    }

    /** How long it takes to unpack itself; 40 seconds when not said. */
    public synchronized UpdatePackage unpacksIn(Duration time) {
        unpacking = time;
        return this;
    }

    private synchronized Duration unpacking() {
        return unpacking;
    }

    /** What instances run that it patched. */
    public String version() {
        return version;
    }

    /** How often its setup was started. */
    public synchronized int started() {
        return started;
    }

    /**
     * Ends the setup that hangs, as its behaviour says: one that takes as long as a test wants.
     *
     * @throws IllegalStateException when none hangs
     */
    public void endHanging() {
        Runnable end;
        synchronized (this) {
            end = hanging.orElseThrow(() -> new IllegalStateException("no setup of this package hangs"));
            hanging = Optional.empty();
        }
        end.run();
    }

    private RunningProgram unpack(ProgramCall call, WindowsHost on) {
        Optional<String> folder = call.arguments().stream()
                .filter(a -> a.toLowerCase(Locale.ROOT).startsWith("/x:"))
                .map(a -> a.substring(3).replace("\"", ""))
                .findFirst();
        if (folder.isEmpty()) {
            return setup(call, on);
        }
        HostTimer.Later later = on.timer().after(unpacking(), () -> {
            on.files().directory(folder.get());
            on.files()
                    .put(
                            folder.get() + "\\setup.exe",
                            HostFile.text("MZ").version(version).program(this::setup));
            call.process().end(0);
        });
        return later::cancel;
    }

    private RunningProgram setup(ProgramCall call, WindowsHost on) {
        Optional<String> action = argument(call, "ACTION");
        if (action.isEmpty()) {
            call.process().end(BAD_PARAMETER);
            return RunningProgram.NOTHING;
        }
        SetupBehaviour behaviour;
        synchronized (this) {
            if (running > 0) {
                call.process().end(ANOTHER_SETUP_RUNS);
                return RunningProgram.NOTHING;
            }
            running++;
            started++;
            behaviour = planned.isEmpty() ? SetupBehaviour.good() : planned.poll();
        }
        Instant began = on.now();
        Runnable end = () -> {
            finish(call, action.get(), behaviour, began);
            over();
            call.process().end(behaviour.exitCode());
        };
        if (behaviour.takes().isZero()) {
            return hang(() -> on.timer().after(Duration.ZERO, end));
        }
        HostTimer.Later later = on.timer().after(behaviour.takes(), end);
        return () -> {
            later.cancel();
            over();
        };
    }

    private synchronized RunningProgram hang(Runnable end) {
        hanging = Optional.of(end);
        return this::over;
    }

    private synchronized void over() {
        running = 0;
        hanging = Optional.empty();
    }

    private void finish(ProgramCall call, String action, SetupBehaviour behaviour, Instant began) {
        List<InstalledInstance> meant = meant(call);
        if (behaviour.replaces()) {
            meant.forEach(i -> replace(i, action));
        }
        if (behaviour.restartPending()) {
            host.registry()
                    .key(
                            "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending");
        }
        summary(action, behaviour, began, meant);
    }

    private synchronized void replace(InstalledInstance instance, String action) {
        if (action.equalsIgnoreCase("RemovePatch")) {
            Optional.ofNullable(before.remove(instance.name())).ifPresent(instance::replace);
        } else {
            before.putIfAbsent(instance.name(), instance.patchLevel());
            instance.replace(version);
        }
    }

    private List<InstalledInstance> meant(ProgramCall call) {
        List<InstalledInstance> same =
                instances.stream().filter(i -> i.isOfMajor(version)).toList();
        Optional<String> one = argument(call, "INSTANCENAME");
        if (one.isPresent()) {
            return same.stream()
                    .filter(i -> i.name().equalsIgnoreCase(one.get()))
                    .toList();
        }
        // Without any of them setup patches the shared components and no instance.
        return argument(call, "ALLINSTANCES").isPresent() ? same : List.of();
    }

    private static Optional<String> argument(ProgramCall call, String name) {
        return call.arguments().stream()
                .filter(a -> a.toUpperCase(Locale.ROOT).matches("/" + name + "([=:].*)?"))
                .map(a -> a.replaceFirst("^[^=:]*[=:]?", "").replace("\"", ""))
                .findFirst();
    }

    private void summary(String action, SetupBehaviour behaviour, Instant began, List<InstalledInstance> meant) {
        boolean passed = List.of(0, 3010, 1641).contains(behaviour.exitCode());
        String result = !passed
                ? "Failed: see details below"
                : behaviour.exitCode() == 3010 ? "Passed but reboot required, see logs for details" : "Passed";
        List<String> lines = new ArrayList<>();
        lines.add("Overall summary:");
        lines.addAll(block(result, behaviour, action, began));
        for (InstalledInstance i : meant) {
            lines.add("");
            lines.add("Instance " + i.name() + " overall summary:");
            lines.addAll(block(result, behaviour, action, began));
        }
        lines.add("");
        lines.add("Rules with failures or warnings:");
        lines.add("");
        String log = "C:\\Program Files\\Microsoft SQL Server\\" + InstalledInstance.folder(version)
                + "\\Setup Bootstrap\\Log";
        HostFile text = HostFile.text(String.join("\r\n", lines));
        host.files().put(log + "\\" + STAMP.format(began) + "\\Summary_" + host.name() + ".txt", text, host.now());
        host.files().put(log + "\\Summary.txt", text, host.now());
    }

    private List<String> block(String result, SetupBehaviour behaviour, String action, Instant began) {
        List<String> lines = new ArrayList<>();
        lines.add("  Final result:                  " + result);
        lines.add("  Exit code (Decimal):           " + behaviour.exitCode());
        if (!behaviour.message().isEmpty()) {
            lines.add("  Exit message:                  " + behaviour.message());
        }
        lines.add("  Start time:                    " + SHOWN.format(began.atZone(host.zone())));
        lines.add("  End time:                      " + SHOWN.format(host.now().atZone(host.zone())));
        lines.add("  Requested action:              " + action);
        return lines;
    }

    @Override
    public String toString() {
        return path;
    }
}
