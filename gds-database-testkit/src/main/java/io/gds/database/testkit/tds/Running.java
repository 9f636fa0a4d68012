package io.gds.database.testkit.tds;

import org.jspecify.annotations.Nullable;

/** Whether a request is being executed, and whether it should go on. Thread-safe. */
final class Running {
    private @Nullable Thread busy;
    private boolean stopped;
    private int asked;
    private int acknowledged;

    /** This thread executes a request from now on. */
    synchronized void begin() {
        busy = Thread.currentThread();
    }

    /** The request is over, and with it an interrupt that came too late. */
    synchronized void end() {
        busy = null;
        Thread.interrupted();
    }

    /** The client cancels; gives back whether there is something to cancel. */
    synchronized boolean attention() {
        asked++;
        return interrupt();
    }

    /** The client has been told that its attention was seen. */
    synchronized void acknowledge() {
        acknowledged++;
    }

    /** The connection has ended; gives back whether something was executed. */
    synchronized boolean stop() {
        stopped = true;
        return interrupt();
    }

    private boolean interrupt() {
        if (busy == null) {
            return false;
        }
        busy.interrupt();
        return true;
    }

    /** Whether what is being executed or written should end. */
    synchronized boolean isCut() {
        return stopped || asked > acknowledged;
    }
}
