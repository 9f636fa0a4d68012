package io.gds.database.core.internal.clock;

import java.time.Clock;

/** The clock that is used unless a caller injects one. */
public final class SystemClock {
    private SystemClock() {}

    /** The system's clock in UTC. */
    public static Clock utc() {
        return Clock.systemUTC();
    }
}
