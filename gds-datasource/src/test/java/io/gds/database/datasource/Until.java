package io.gds.database.datasource;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a fact, with a deadline. */
final class Until {
    private static final long LIMIT = Duration.ofSeconds(30).toNanos();

    private Until() {}

    static void holds(String what, Callable<Boolean> fact) throws Exception {
        long start = System.nanoTime();
        while (!fact.call()) {
            if (System.nanoTime() - start > LIMIT) {
                throw new AssertionError("waited 30 s in vain until " + what);
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
