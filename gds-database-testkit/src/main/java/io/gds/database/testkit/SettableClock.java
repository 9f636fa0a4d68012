package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until somebody moves it. Thread-safe. */
public final class SettableClock extends Clock {
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
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards: " + by);
        }
        now = now.plus(by);
    }

    /** Moves it forward to an instant; does nothing when that is past already. */
    public synchronized void advanceTo(Instant then) {
        now = then.isAfter(now) ? then : now;
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
