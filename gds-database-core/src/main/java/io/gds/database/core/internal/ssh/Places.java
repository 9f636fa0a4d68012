package io.gds.database.core.internal.ssh;

/** How many sessions of a host are ours at a time; who comes later waits. Thread-safe. */
final class Places {
    /** What sshd allows on one connection unless it is told otherwise. */
    private static final int USUAL = 10;

    private int allowed = USUAL;
    private int taken;

    /** Waits for a place. */
    synchronized void take() throws InterruptedException {
        while (taken >= allowed) {
            wait();
        }
        taken++;
    }

    /** Gives one back; how many are taken now. */
    synchronized int giveBack() {
        taken--;
        notifyAll();
        return taken;
    }

    synchronized boolean areEmpty() {
        return taken == 0;
    }

    /** The host had no room for a place that we took. Whether one that is taken now may come free for us. */
    synchronized boolean refused() {
        allowed = Math.max(1, Math.min(allowed, taken - 1));
        return taken > 1;
    }
}
