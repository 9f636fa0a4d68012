package io.gds.database.testkit.windows;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run scripts: there are only as many as scripts run. Whether all of them wait is known, and that is
 * what makes a test with a settable clock happen twice in the same way. Thread-safe.
 */
final class ModelThreads {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ThreadLocal<@Nullable ModelThread> CURRENT = new ThreadLocal<>();
    private static final ExecutorService POOL =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "windows-script");
                thread.setDaemon(true);
                return thread;
            });

    private final Map<ModelThread, Signal> waiting = new HashMap<>();
    private int busy;

    /** One of them. Guarded by its owner. */
    static final class ModelThread {
        private boolean killed;
    }

    /** Something that happens once, and that threads wait for. */
    final class Signal {
        private boolean open;

        /** It has happened: whoever waits goes on. */
        void open() {
            synchronized (ModelThreads.this) {
                open = true;
                ModelThreads.this.notifyAll();
            }
        }

        /** Waits until it has happened; ends the thread when its process is ended meanwhile. */
        void await() {
            synchronized (ModelThreads.this) {
                ModelThread thread = CURRENT.get();
                if (thread == null) {
                    pause(null);
                    return;
                }
                busy--;
                waiting.put(thread, this);
                ModelThreads.this.notifyAll();
                try {
                    pause(thread);
                } finally {
                    waiting.remove(thread);
                    busy++;
                }
                if (thread.killed) {
                    throw new Killed();
                }
            }
        }

        private void pause(@Nullable ModelThread thread) {
            try {
                while (!open && (thread == null || !thread.killed)) {
                    ModelThreads.this.wait();
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for a host", e);
    }

    Signal signal() {
        return new Signal();
    }

    /** Whether the calling thread is one of them. */
    boolean isOne() {
        return CURRENT.get() != null;
    }

    ModelThread start(Runnable body) {
        ModelThread thread = new ModelThread();
        synchronized (this) {
            busy++;
        }
        POOL.execute(() -> run(thread, body));
        return thread;
    }

    private void run(ModelThread thread, Runnable body) {
        CURRENT.set(thread);
        try {
            body.run();
        } catch (Killed end) {
            // as it was told
        } finally {
            CURRENT.remove();
            synchronized (this) {
                busy--;
                notifyAll();
            }
        }
    }

    /** Makes a thread end: at its next statement, or where it waits. */
    synchronized void kill(ModelThread thread) {
        thread.killed = true;
        notifyAll();
    }

    /** Ends the calling thread when it was killed. */
    void check() {
        ModelThread thread = CURRENT.get();
        if (thread == null) {
            return;
        }
        synchronized (this) {
            if (thread.killed) {
                throw new Killed();
            }
        }
    }

    /** Waits until each of them has ended or waits for something that has not happened. */
    synchronized void settle() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (running() > 0) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new IllegalStateException(running() + " scripts run on and on; does one go round for ever?");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private long running() {
        return busy
                + waiting.entrySet().stream()
                        .filter(e -> e.getValue().open || e.getKey().killed)
                        .count();
    }
}
