package io.gds.engine.postgres.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Polls a fact until it holds. */
final class Until {
    private Until() {}

    static void holds(String what, Duration limit, Callable<Boolean> fact) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!fact.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
