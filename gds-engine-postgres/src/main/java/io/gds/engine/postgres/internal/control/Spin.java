package io.gds.engine.postgres.internal.control;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits in place for a fact that decides how long writes stall: for at most seconds, looking every millisecond. */
public final class Spin {
    /**
     * A fact that is looked up.
     *
     * @param <E> what looking may throw
     */
    @FunctionalInterface
    public interface Fact<E extends Exception> {
        /** Whether it is so now. */
        boolean holds() throws E;
    }

    private Spin() {}

    /** Whether the fact came in time. */
    public static <E extends Exception> boolean until(Fact<E> fact, Duration limit) throws E {
        long end = System.nanoTime() + limit.toNanos();
        while (!fact.holds()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }
}
