package io.gds.database.core.internal.ssh;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Between two looks at what others do: short at first, longer while nothing happens. Confined to one thread. */
public final class Pause {
    private static final long SHORTEST = Duration.ofMillis(1).toNanos();
    private static final long LONGEST = Duration.ofMillis(10).toNanos();

    private long next = SHORTEST;

    static void briefly() {
        LockSupport.parkNanos(LONGEST);
    }

    /** Waits a little. */
    public void idle() {
        LockSupport.parkNanos(next);
        next = Math.min(2 * next, LONGEST);
    }

    /** Something has happened. */
    public void reset() {
        next = SHORTEST;
    }
}
