package io.gds.database.testkit;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.ClusterRef;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One process of a {@link Simulation}. Handlers run on the thread that drives the run, so that the same life happens
 * twice in the same order.
 */
public final class SimulatedProcess implements AutoCloseable {
    /** More waits than any honest run has; a run that waits more often waits for ever. */
    private static final int TOO_MANY_WAITS = 200_000;

    private final Mishaps mishaps;
    private final Engines engines;
    private final Journal journal;
    private final SettableClock clock;
    private final String names;
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private RollingPatcher patcher;

    SimulatedProcess(SettableClock clock, Mishaps mishaps, Journal journal, Engines engines, String names) {
        this.clock = clock;
        this.mishaps = mishaps;
        this.journal = journal;
        this.engines = engines.clock(clock);
        this.names = names;
        this.patcher = build(b -> {}, Runnable::run);
    }

    private RollingPatcher build(Consumer<RollingPatcher.Builder> more, Executor workers) {
        RollingPatcher.Builder b = RollingPatcher.builder(journal).clock(clock).engines(engines);
        Core.seams().tune(b, this::sleep, () -> names + "-" + runs.incrementAndGet(), workers);
        more.accept(b);
        return b.build();
    }

    private void sleep(Duration time) {
        mishaps.check();
        if (waits.incrementAndGet() > TOO_MANY_WAITS) {
            throw new AssertionError("the run waits for ever");
        }
        clock.advance(time);
    }

    /** Replaces the patcher by one with more settings. */
    public SimulatedProcess with(Consumer<RollingPatcher.Builder> more) {
        patcher.close();
        patcher = build(more, Runnable::run);
        return this;
    }

    /** Replaces the patcher by one with more settings, whose handlers run on other threads as in real life. */
    public SimulatedProcess withThreads(Executor workers, Consumer<RollingPatcher.Builder> more) {
        patcher.close();
        patcher = build(more, workers);
        return this;
    }

    /** Its patcher. */
    public RollingPatcher patcher() {
        return patcher;
    }

    /** Opens a cluster. */
    public DatabaseEngine open(ClusterRef cluster) {
        return engines.open(cluster);
    }

    /** How often it wrote to the journal. */
    public int writes() {
        return mishaps.writes();
    }

    /** How many real changes it made. */
    public int effects() {
        return mishaps.effects();
    }

    Mishaps mishaps() {
        return mishaps;
    }

    @Override
    public void close() {
        patcher.close();
    }
}
