package io.gds.testbed;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for facts. A fact that cannot be asked for yet (a server that is down) is one that does not hold yet. */
public final class Eventually {
    private static final long RECHECK = Duration.ofMillis(50).toNanos();

    private Eventually() {}

    /** @throws AssertionError if the fact does not hold in time; it says what the last look saw */
    public static void holds(Duration within, String fact, Callable<Boolean> check) {
        long end = System.nanoTime() + within.toNanos();
        Exception last = null;
        while (true) {
            try {
                last = null;
                if (check.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting: " + fact, e);
            } catch (Exception e) {
                last = e;
            }
            if (System.nanoTime() > end) {
                throw failure(within, fact, last);
            }
            LockSupport.parkNanos(RECHECK);
        }
    }

    private static AssertionError failure(Duration within, String fact, @Nullable Exception last) {
        return new AssertionError("not within " + within + ": " + fact + (last == null ? "" : "; last: " + last), last);
    }
}
