package io.gds.database.testkit;

import io.gds.database.spi.StepContext;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The life of one simulated process: counts its journal writes and its effects, and ends or pauses it at a planned one.
 * Thread-safe. After its end every touch of the journal and of the cluster ends in {@link SimulatedCrash}.
 */
final class Mishaps {
    private final @Nullable CrashPoint end;
    private final @Nullable CrashPoint pause;
    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);
    private int writes;
    private int effects;
    private boolean dead;
    private boolean asleep;

    private Mishaps(@Nullable CrashPoint end, @Nullable CrashPoint pause) {
        this.end = end;
        this.pause = pause;
    }

    static Mishaps none() {
        return new Mishaps(null, null);
    }

    static Mishaps dieAt(CrashPoint point) {
        return new Mishaps(point, null);
    }

    static Mishaps pauseAt(CrashPoint point) {
        return new Mishaps(null, point);
    }

    synchronized int writes() {
        return writes;
    }

    synchronized int effects() {
        return effects;
    }

    synchronized boolean isDead() {
        return dead;
    }

    synchronized boolean isAsleep() {
        return asleep;
    }

    void awaitPause() throws InterruptedException {
        paused.await();
    }

    void wake() {
        synchronized (this) {
            asleep = false;
        }
        woken.countDown();
    }

    /** Ends the process now. */
    synchronized void kill() {
        dead = true;
    }

    /** A dead process touches nothing. */
    void check() {
        if (isDead()) {
            throw new SimulatedCrash("this process is dead");
        }
    }

    void beforeWrite() {
        int n;
        synchronized (this) {
            writes++;
            n = writes;
        }
        at(CrashPoint.Moment.BEFORE_WRITE, n);
    }

    void afterWrite() {
        at(CrashPoint.Moment.AFTER_WRITE, writes());
    }

    private void at(CrashPoint.Moment moment, int number) {
        check();
        CrashPoint here = new CrashPoint(moment, number);
        if (here.equals(end)) {
            kill();
            throw new SimulatedCrash(here.toString());
        }
        if (here.equals(pause)) {
            sleep();
        }
    }

    private void sleep() {
        synchronized (this) {
            asleep = true;
        }
        paused.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                woken.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The hands of a step; they fence once more at the last moment, as a careful engine does. */
    Hands hands(StepContext<?> context) {
        return new Counting(context.key(), context::fence);
    }

    /** Hands without a step's context. */
    Hands hands() {
        return new Counting("?/install", () -> {});
    }

    private final class Counting implements Hands {
        private final String step;
        private final Runnable fence;

        Counting(String step, Runnable fence) {
            this.step = step;
            this.fence = fence;
        }

        @Override
        public String step() {
            return step;
        }

        @Override
        public void before() {
            int n;
            synchronized (Mishaps.this) {
                effects++;
                n = effects;
            }
            at(CrashPoint.Moment.BEFORE_EFFECT, n);
            fence.run();
        }

        @Override
        public void after() {
            at(CrashPoint.Moment.AFTER_EFFECT, effects());
        }
    }
}
