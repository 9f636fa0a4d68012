package io.gds.database.testkit.windows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Whether a host is up, and how it goes down and comes up again. Thread-safe. */
final class Power {
    private final WindowsHost host;
    private final List<Runnable> whenUp = new CopyOnWriteArrayList<>();
    private Instant bootedAt;
    private Duration time = Duration.ofMinutes(2);
    private boolean up = true;
    private HostTimer.@Nullable Later planned;

    Power(WindowsHost host) {
        this.host = host;
        this.bootedAt = host.timer().now().minus(Duration.ofDays(3));
    }

    synchronized Instant bootedAt() {
        return bootedAt;
    }

    synchronized void takes(Duration restart) {
        time = restart;
    }

    void whenUp(Runnable work) {
        whenUp.add(work);
    }

    synchronized boolean isUp() {
        return up;
    }

    /** Plans a restart; false when one is planned already. */
    boolean plan(Duration delay) {
        synchronized (this) {
            if (planned != null) {
                return false;
            }
            planned = () -> {};
        }
        HostTimer.Later later = host.timer().after(delay, this::restart);
        synchronized (this) {
            planned = planned == null ? null : later;
        }
        return true;
    }

    /** Takes a planned restart back; false when there is none. */
    synchronized boolean abort() {
        if (planned == null) {
            return false;
        }
        planned.cancel();
        planned = null;
        return true;
    }

    void restart() {
        Duration down;
        synchronized (this) {
            if (!up) {
                return;
            }
            up = false;
            planned = null;
            down = time;
        }
        host.events().add(HostEvent.Kind.RESTARTING, host.name());
        host.tasks().shutDown();
        host.processes().loseAll();
        host.services().all().forEach(HostService::die);
        if (down.isZero()) {
            rise();
        } else {
            host.timer().after(down, this::rise);
        }
    }

    private void rise() {
        synchronized (this) {
            bootedAt = host.now();
            up = true;
        }
        whenUp.forEach(Runnable::run);
        host.services().all().stream()
                .filter(s -> s.startType() == HostService.StartType.AUTOMATIC)
                .forEach(HostService::start);
        host.events().add(HostEvent.Kind.RESTARTED, host.name());
    }
}
