package io.gds.database.core.internal.run;

import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.error.DeposedException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prolongs a lease in the background, and learns here first that another process has taken it. */
final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final JournalStore journal;
    private final Lease lease;
    private final Duration ttl;
    private final Clock clock;
    private final AtomicBoolean deposed = new AtomicBoolean();
    private final ScheduledFuture<?> beat;

    LeaseKeeper(JournalStore journal, Lease lease, Duration ttl, Clock clock, ScheduledExecutorService timer) {
        this.journal = journal;
        this.lease = lease;
        this.ttl = ttl;
        this.clock = clock;
        long period = Math.max(1, ttl.toMillis() / 3);
        this.beat = timer.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            journal.renew(lease, ttl, clock.instant());
        } catch (DeposedException e) {
            deposed.set(true);
        } catch (RuntimeException e) {
            LOG.warn("run {}: the lease could not be prolonged; check the journal's disk", lease.run(), e);
        }
    }

    boolean isDeposed() {
        return deposed.get();
    }

    @Override
    public void close() {
        beat.cancel(false);
    }
}
