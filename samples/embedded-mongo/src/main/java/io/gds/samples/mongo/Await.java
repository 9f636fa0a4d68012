package io.gds.samples.mongo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for facts. Stateless. */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(20);

    private Await() {}

    /** A fact, or what is missing. */
    public interface Fact {
        /** Empty when it holds. */
        String missing();
    }

    /**
     * Returns as soon as a fact holds.
     *
     * @throws ReplicaSetException with what is missing when it does not within the limit
     */
    public static void until(String what, Duration limit, Fact fact) {
        long end = System.nanoTime() + limit.toNanos();
        String missing = fact.missing();
        while (!missing.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new ReplicaSetException("not within " + limit + ": " + what + ": " + missing);
            }
            LockSupport.parkNanos(STEP.toNanos());
            missing = fact.missing();
        }
    }
}
