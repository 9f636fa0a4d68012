package io.gds.database.testkit.windows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes by real time; one thread for all of them, and only while something is due. */
final class RealTimer extends HostTimer {
    private static final Logger LOG = LoggerFactory.getLogger(RealTimer.class);
    private static final ScheduledThreadPoolExecutor POOL = pool();

    private final Clock clock;

    RealTimer(Clock clock) {
        this.clock = clock;
    }

    private static ScheduledThreadPoolExecutor pool() {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "windows-timer");
            thread.setDaemon(true);
            return thread;
        });
        pool.setKeepAliveTime(5, TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Later at(Instant when, Runnable work) {
        long nanos = Math.max(0, Duration.between(now(), when).toNanos());
        Future<?> future = POOL.schedule(() -> loudly(work), nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** The pool would keep a failure to itself, and whoever waits for what was due would wait for ever. */
    private static void loudly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("what was due on a model of a host failed", e);
            throw e;
        }
    }
}
