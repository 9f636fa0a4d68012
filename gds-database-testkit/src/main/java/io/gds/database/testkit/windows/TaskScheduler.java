package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.NetFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The task scheduler. A task that runs is not started a second time. Thread-safe. */
public final class TaskScheduler {
    private static final String CANNOT = "0x80070422";

    private final WindowsHost host;
    private final Map<String, ScheduledTask> tasks = new LinkedHashMap<>();
    private Duration delay = Duration.ZERO;

    TaskScheduler(WindowsHost host) {
        this.host = host;
    }

    /**
     * Says how long it takes from the order to start a task until it runs. Without a delay the task runs side by side with
     * the command that started it, as on a real host; with one and a settable clock a test happens in one order only.
     */
    public synchronized void takes(Duration time) {
        delay = time;
    }

    private static String key(String path, String name) {
        return Paths.fold(path + name);
    }

    private void works() {
        if (host.faults().schedulerIsDisabled()) {
            throw NetErrors.cim(
                    "The service cannot be started, either because it is disabled or because it has no enabled devices "
                            + "associated with it.",
                    "HRESULT " + CANNOT);
        }
    }

    /**
     * Registers a task.
     *
     * @throws NetFailure when there is one of that name, or the scheduler does not work
     */
    void register(ScheduledTask.Definition definition) {
        works();
        synchronized (this) {
            String key = key(definition.path(), definition.name());
            if (tasks.containsKey(key)) {
                throw NetErrors.cim("Cannot create a file when that file already exists.", "HRESULT 0x800700b7");
            }
            tasks.put(key, new ScheduledTask(definition));
        }
        host.events().add(HostEvent.Kind.TASK_REGISTERED, definition.name());
    }

    /** A task; null when there is none. */
    public synchronized @Nullable ScheduledTask find(String path, String name) {
        return tasks.get(key(path, name));
    }

    /** All of them. */
    public synchronized List<ScheduledTask> all() {
        return List.copyOf(tasks.values());
    }

    /** Whether a task runs, or Ready. */
    synchronized boolean isRunning(ScheduledTask task) {
        return task.process != null && task.process.isAlive();
    }

    synchronized long lastResult(ScheduledTask task) {
        return isRunning(task) ? ScheduledTask.RUNS : task.lastResult;
    }

    synchronized java.time.@Nullable Instant lastRunAt(ScheduledTask task) {
        return task.lastRunAt;
    }

    /** Starts a task, unless it runs. */
    void start(ScheduledTask task) {
        works();
        host.events().add(HostEvent.Kind.TASK_STARTED, task.definition().name());
        Duration time;
        synchronized (this) {
            time = delay;
        }
        if (time.isZero()) {
            launch(task);
        } else {
            host.timer().after(time, () -> launch(task));
        }
    }

    private void launch(ScheduledTask task) {
        synchronized (this) {
            if (isRunning(task) || !host.isReachable()) {
                return;
            }
            ScheduledTask.Definition d = task.definition();
            Program program = host.programs().find(d.execute());
            if (program == null) {
                // 0x80070002: the file is not there
                task.lastResult = 0x8007_0002L;
                return;
            }
            task.lastRunAt = host.now();
            HostProcess.Start start = new HostProcess.Start(
                    host.programs().path(d.execute()),
                    d.arguments(),
                    d.account(),
                    host.environment(),
                    "C:\\Windows\\System32",
                    b -> {},
                    b -> {});
            task.process = host.processes().start(program, start, 0);
            limit(task.process, d.limit());
        }
        HostProcess process = task.process;
        process.whenEnded(p -> {
            synchronized (this) {
                task.lastResult = Integer.toUnsignedLong(p.exitCode().orElse(0));
            }
        });
    }

    private void limit(HostProcess process, Duration limit) {
        if (!limit.isZero()) {
            HostTimer.Later end =
                    host.timer().after(limit, () -> host.processes().killTree(process, 267_014));
            process.whenEnded(p -> end.cancel());
        }
    }

    /** Takes a task away; a process of it goes on. */
    void remove(ScheduledTask task) {
        works();
        synchronized (this) {
            tasks.remove(key(task.definition().path(), task.definition().name()));
        }
        host.events().add(HostEvent.Kind.TASK_REMOVED, task.definition().name());
    }

    /** The host goes down. */
    synchronized void shutDown() {
        for (ScheduledTask task : tasks.values()) {
            if (isRunning(task)) {
                task.lastResult = ScheduledTask.SHUT_DOWN;
            }
        }
    }
}
