package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that stands still until somebody moves it. Thread-safe. */
public final class SettableClock extends Clock {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Instant now;

    /** A clock that shows noon of a day long ago. */
    public SettableClock() {
        this(Instant.parse("2024-05-07T12:00:00Z"));
    }

    /** A clock that shows an instant. */
    public SettableClock(Instant start) {
        this.now = requireNonNull(start, "start");
    }

    /** Moves it forward. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards: " + by);
        }
        synchronized (this) {
            now = now.plus(by);
        }
        listeners.forEach(Runnable::run);
    }

    /** Moves it forward to an instant; does nothing when that is past already. */
    public void advanceTo(Instant then) {
        synchronized (this) {
            now = then.isAfter(now) ? then : now;
        }
        listeners.forEach(Runnable::run);
    }

    /** Calls somebody whenever it was moved, on the thread that moved it, before that goes on. */
    public void whenMoved(Runnable listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
