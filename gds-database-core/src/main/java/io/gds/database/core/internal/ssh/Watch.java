package io.gds.database.core.internal.ssh;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Breaks what takes too long: a write to a dead peer blocks, and nothing but closing its socket ends that. Thread-safe. */
public final class Watch implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock;

    Watch(String host) {
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gds-ssh-watch-" + host);
            thread.setDaemon(true);
            return thread;
        });
        clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // closed: so is all that it watches
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Waits for the limit. */
    public interface Guard {
        /** In time: nothing is done. */
        void lift();
    }

    /** Runs the action unless the guard is lifted before the limit. */
    Guard after(Duration limit, Runnable action) {
        Future<?> pending = clock.schedule(action, limit.toMillis(), TimeUnit.MILLISECONDS);
        return () -> pending.cancel(false);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
