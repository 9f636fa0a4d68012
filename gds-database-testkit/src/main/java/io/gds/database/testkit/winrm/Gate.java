package io.gds.database.testkit.winrm;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds requests until a test lets them pass. Thread-safe; once open, it stays open. */
public final class Gate {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** A closed gate. */
    public Gate() {}

    /**
     * Waits until a request stands before it.
     *
     * @throws AssertionError when none came in this time
     */
    public void awaitArrival(Duration most) throws InterruptedException {
        if (!arrived.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("no request arrived at the gate in " + most);
        }
    }

    /** Lets everybody pass. */
    public void open() {
        opened.countDown();
    }

    void pass() throws InterruptedException {
        arrived.countDown();
        opened.await();
    }
}
