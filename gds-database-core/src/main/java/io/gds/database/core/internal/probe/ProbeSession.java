package io.gds.database.core.internal.probe;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Finding;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.WriteProbe;
import io.gds.database.topology.Link;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's time of probing: client threads that write, and one that samples lag and forces the ledger. */
final class ProbeSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSession.class);
    private static final Duration SAMPLE = Duration.ofMillis(500);

    private final DatabaseEngine engine;
    private final Ledger ledger;
    private final Duration interval;
    private final @Nullable Duration maxGap;
    private final long baseMicros;
    private final long baseNanos;
    private final AtomicLong lastAckNanos;
    private final AtomicLong longestNanos = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread sampler;
    private volatile boolean stopped;

    ProbeSession(
            DatabaseEngine engine,
            ProbeTable table,
            String tableName,
            Path ledgers,
            long epoch,
            ProbeTerms terms,
            Clock clock) {
        this.engine = engine;
        this.interval = terms.interval();
        this.maxGap = terms.maxGap();
        this.ledger = Ledger.start(ledgers, epoch);
        this.baseMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        this.baseNanos = System.nanoTime();
        this.lastAckNanos = new AtomicLong(baseNanos);
        ledger.line("O " + micros());
        for (int i = 0; i < terms.clients(); i++) {
            // numbers of an earlier process never come again: its rows and ours must not meet
            int client = Math.toIntExact(epoch * 1000 + i);
            threads.add(start("gds-probe-" + client, () -> write(table, tableName, client)));
        }
        sampler = start("gds-probe-lag", this::sample);
    }

    private static Thread start(String name, Runnable work) {
        Thread t = new Thread(work, name);
        t.setDaemon(true);
        t.start();
        return t;
    }

    private void write(ProbeTable table, String tableName, int client) {
        try (WriteProbe probe = table.client(tableName, client)) {
            long next = System.nanoTime();
            for (int seq = 1; !stopped; seq++) {
                WriteProbe.Ack ack = probe.write(seq);
                switch (ack) {
                    case COMMITTED -> {
                        ledger.line("A " + client + " " + seq + " " + micros());
                        acknowledged(System.nanoTime());
                    }
                    case REFUSED -> ledger.line("F " + client + " " + seq + " " + micros());
                    case UNKNOWN -> ledger.line("U " + client + " " + seq + " " + micros());
                }
                next = Math.max(next + interval.toNanos(), System.nanoTime());
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (RuntimeException e) {
            LOG.warn("probe client {} ended early; the report will show a gap", client, e);
        }
    }

    private void acknowledged(long now) {
        long gap = now - lastAckNanos.getAndAccumulate(now, Math::max);
        longestNanos.accumulateAndGet(gap, Math::max);
    }

    private void sample() {
        while (!stopped) {
            try {
                long at = micros();
                for (Link l : engine.topology().links()) {
                    l.lag()
                            .ifPresent(lag -> ledger.line(
                                    "L " + at + " " + l.downstream() + " " + lag.amount() + " " + lag.unit()));
                }
            } catch (RuntimeException e) {
                LOG.debug("no lag sample: the cluster did not answer", e);
            }
            ledger.force();
            try {
                // not parked: the permit of an early unpark is gone after the waits inside a look at the topology
                if (ended.await(SAMPLE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private long micros() {
        return baseMicros + (System.nanoTime() - baseNanos) / 1000;
    }

    /** Why the run must stop: a write gap, over or going on, is longer than allowed. */
    Optional<Finding> breach() {
        Duration allowed = maxGap;
        if (allowed == null) {
            return Optional.empty();
        }
        long worst = Math.max(longestNanos.get(), System.nanoTime() - lastAckNanos.get());
        return worst <= allowed.toNanos()
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "GDS-SLO-WRITE-GAP",
                        engine.name(),
                        "no acknowledged write for " + Duration.ofNanos(worst).toMillis() + " ms",
                        "at most " + allowed.toMillis() + " ms",
                        "find out what stalled writes; the run stops at a safe point."));
    }

    /** Stops the clients and waits for their last write; idempotent. */
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        ended.countDown();
        threads.forEach(LockSupport::unpark);
        boolean interrupted = false;
        for (Thread t : threads) {
            interrupted |= !joined(t);
        }
        // now: what the sampler still does is no time without writes
        ledger.line("C " + micros());
        interrupted |= !joined(sampler);
        ledger.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when this thread was interrupted meanwhile. */
    private static boolean joined(Thread t) {
        try {
            t.join(10_000);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
