package io.gds.engine.postgres.internal.control;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in place for a fact that decides how long writes stall: for at most seconds, looking every millisecond. */
public final class Spin {
    private Spin() {}

    /** Whether the fact came in time. */
    public static boolean until(BooleanSupplier fact, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }
}
