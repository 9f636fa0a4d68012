package io.gds.database.testkit.tds;

import java.util.concurrent.CountDownLatch;

/** Makes a server slow for as long as a test wants, without a clock. Called on threads of connections. */
@FunctionalInterface
public interface Pace {
    /** Returns when it may go on; is interrupted when the client cancels or the connection ends. */
    void hold() throws InterruptedException;

    /** Nobody waits. */
    static Pace none() {
        return () -> {};
    }

    /** Everybody waits until the latch is at zero. */
    static Pace until(CountDownLatch latch) {
        return latch::await;
    }
}
