package io.gds.database.plan;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the availability probe writes while a run lasts. Immutable. */
public final class ProbeSettings {
    private final boolean enabled;
    private final Duration interval;
    private final int clients;
    private final @Nullable Duration maxWriteGap;

    private ProbeSettings(boolean enabled, Duration interval, int clients, @Nullable Duration maxWriteGap) {
        this.enabled = enabled;
        this.interval = interval;
        this.clients = clients;
        this.maxWriteGap = maxWriteGap;
    }

    /** One client that writes every 10 ms. */
    public static ProbeSettings defaults() {
        return new ProbeSettings(true, Duration.ofMillis(10), 1, null);
    }

    /** No probe: the run reports no write gap and proves nothing about writes. */
    public static ProbeSettings off() {
        return new ProbeSettings(false, Duration.ofMillis(10), 1, null);
    }

    /** Time between the starts of two writes of one client. */
    public ProbeSettings every(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("probe interval: expected more than zero, found " + time);
        }
        return new ProbeSettings(enabled, time, clients, maxWriteGap);
    }

    /** How many clients write. */
    public ProbeSettings clients(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("probe clients: expected 1 or more, found " + number);
        }
        return new ProbeSettings(enabled, interval, number, maxWriteGap);
    }

    /** The longest write gap that is allowed; a longer one stops the run at a safe point. */
    public ProbeSettings sloMaxWriteGap(Duration gap) {
        return new ProbeSettings(enabled, interval, clients, gap);
    }

    /** Whether there is a probe. */
    public boolean enabled() {
        return enabled;
    }

    /** Time between two writes of one client. */
    public Duration interval() {
        return interval;
    }

    /** How many clients write. */
    public int clients() {
        return clients;
    }

    /** The longest write gap allowed. */
    public Optional<Duration> maxWriteGap() {
        return Optional.ofNullable(maxWriteGap);
    }
}
