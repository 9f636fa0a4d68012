package io.gds.database.testkit.windows;

import io.gds.database.testkit.SettableClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Goes by a clock that a test moves. It follows the clock step by step: what runs comes to rest at the old time, then
 * each thing that is due happens at its own time, and what runs because of it comes to rest before the next one.
 */
final class SettableTimer extends HostTimer {
    private final SettableClock clock;
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::when).thenComparingLong(Due::number));
    private final ReentrantLock following = new ReentrantLock();
    private long number;
    private Instant time;

    private record Due(Instant when, long number, Runnable work) {}

    SettableTimer(SettableClock clock) {
        this.clock = clock;
        this.time = clock.instant();
        clock.whenMoved(this::follow);
    }

    @Override
    public Instant now() {
        synchronized (queue) {
            return time;
        }
    }

    @Override
    public Later at(Instant when, Runnable work) {
        Due due;
        synchronized (queue) {
            due = new Due(when, number++, work);
            queue.add(due);
        }
        follow();
        return () -> {
            synchronized (queue) {
                queue.remove(due);
            }
        };
    }

    /** Whoever comes while another one is at it leaves it to him. */
    private void follow() {
        while (isBehind() && following.tryLock()) {
            try {
                if (following.getHoldCount() > 1) {
                    return;
                }
                for (Due next = next(); next != null; next = next()) {
                    next.work().run();
                }
            } finally {
                following.unlock();
            }
        }
    }

    private boolean isBehind() {
        synchronized (queue) {
            Due first = queue.peek();
            return time.isBefore(clock.instant())
                    || (first != null && !first.when().isAfter(time));
        }
    }

    /** The next thing that is due, and moves the time to it; null when the time is the clock's. */
    private @Nullable Due next() {
        if (!threads().isOne()) {
            threads().settle();
        }
        synchronized (queue) {
            Instant target = clock.instant();
            Due first = queue.peek();
            if (first == null || first.when().isAfter(target)) {
                time = target;
                return null;
            }
            time = first.when().isAfter(time) ? first.when() : time;
            return queue.poll();
        }
    }
}
