package io.gds.database.testkit.windows;

import io.gds.database.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time of hosts: what it is, and what happens later. With a {@link SettableClock} nothing happens before somebody
 * moves the clock; he who moves it comes back when everything that was due has happened, and whatever runs on a host
 * because of it has ended or waits again. With any other clock things happen as real time goes by. Thread-safe; hosts of
 * one test share one.
 */
public abstract sealed class HostTimer permits SettableTimer, RealTimer {
    private final ModelThreads threads = new ModelThreads();

    HostTimer() {}

    /** A timer that goes by a clock. */
    public static HostTimer of(Clock clock) {
        return clock instanceof SettableClock settable ? new SettableTimer(settable) : new RealTimer(clock);
    }

    /** What time it is. While something that was due happens, it is the time that it was due at. */
    public abstract Instant now();

    /** Does something at a time, or soon when that is past. */
    public abstract Later at(Instant when, Runnable work);

    /** Does something after a while. */
    public final Later after(Duration delay, Runnable work) {
        return at(now().plus(delay), work);
    }

    /** Waits until nothing on any host runs any more that could go on by itself. Not for threads of a host. */
    public final void settle() {
        threads.settle();
    }

    final ModelThreads threads() {
        return threads;
    }

    /** Something that will happen. */
    @FunctionalInterface
    public interface Later {
        /** It shall not happen, unless it has. */
        void cancel();
    }
}
