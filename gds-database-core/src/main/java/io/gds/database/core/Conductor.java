package io.gds.database.core;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.core.internal.journal.StoredRun;
import io.gds.database.core.internal.plan.CoreActions;
import io.gds.database.core.internal.plan.RehearsalPlan;
import io.gds.database.core.internal.probe.Probes;
import io.gds.database.core.internal.run.DriverSettings;
import io.gds.database.core.internal.run.Handlers;
import io.gds.database.core.internal.run.RunDriver;
import io.gds.database.core.internal.run.RunState;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.run.StepState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Brings together what one drive of a run needs: lease, state, engine, handlers, probe, threads. Thread-safe. */
final class Conductor implements AutoCloseable {
    private final JournalStore journal;
    private final Engines engines;
    private final Probes probes;
    private final ExecutorService workers = Executors.newCachedThreadPool(threads("gds-worker-"));
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, threads("gds-lease-"));
    private final AtomicBoolean closing = new AtomicBoolean();
    private final DriverSettings settings;
    private final Map<String, Handlers> handlers = new ConcurrentHashMap<>();

    Conductor(JournalStore journal, Engines engines, RollingPatcher.Builder b) {
        this.journal = journal;
        this.engines = engines;
        this.probes = new Probes(journal.location(), b.clock);
        this.settings = new DriverSettings(
                b.clock,
                b.sleeper == null ? Pause::forReal : b.sleeper,
                b.workers == null ? workers : b.workers,
                timer,
                b.patience,
                b.leaseTtl,
                b.grace,
                b.checks,
                closing::get);
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger n = new AtomicInteger();
        return r -> {
            Thread t = new Thread(r, prefix + n.incrementAndGet());
            t.setDaemon(true);
            return t;
        };
    }

    Executor workers() {
        return workers;
    }

    Handlers handlers(String engine) {
        return handlers.computeIfAbsent(engine, id -> new Handlers()
                .add(CoreActions.handlers(probes))
                .add(engines.provider(id).handlers()));
    }

    /** A rehearsal touches the cluster only by reading, so it stands in nobody's way but another rehearsal's. */
    Collection<String> claims(Plan plan) {
        String kind = plan.kind().equals(RehearsalPlan.KIND) ? "rehearsal:" : "cluster:";
        return List.of(kind + plan.cluster().engine() + ":" + plan.cluster().name());
    }

    RunOutcome drive(RunId run, RunListener listener) {
        Plan plan = journal.plan(run);
        handlers(plan.cluster().engine()).require(plan);
        // opened before the lease is taken: a missing plugin or secret is a refusal that changes nothing
        try (DatabaseEngine engine = engines.open(plan.cluster())) {
            Lease lease = journal.take(
                    run, Holder.current(), settings.leaseTtl(), settings.clock().instant());
            return drive(lease, plan, engine, listener);
        }
    }

    private RunOutcome drive(Lease lease, Plan plan, DatabaseEngine engine, RunListener listener) {
        RunState state = RunState.of(plan, journal.events(lease.run(), 0));
        return new RunDriver(
                        journal,
                        lease,
                        state,
                        handlers(plan.cluster().engine()),
                        engine,
                        engines.secrets(),
                        probes.open(lease.run(), engine),
                        listener,
                        settings)
                .drive();
    }

    /** Lets a run that nobody live drives go on with something a person said. */
    RunOutcome reopen(RunId run, Draft said, RunListener listener) {
        Plan plan = journal.plan(run);
        handlers(plan.cluster().engine()).require(plan);
        try (DatabaseEngine engine = engines.open(plan.cluster())) {
            StoredRun before = journal.find(run).orElseThrow();
            // the lease first: should we die before the claims are of use, the run shows as RUNNING and resume ends it
            Lease lease = journal.take(
                    run, Holder.current(), settings.leaseTtl(), settings.clock().instant());
            claimOrRelease(lease, plan, before);
            if (before.status() != RunStatus.RUNNING && before.status() != RunStatus.WAITING) {
                journal.appendForeign(
                        run,
                        new Draft(
                                RunEvent.Type.RUN_REOPENED,
                                null,
                                Params.of("what", said.type()),
                                settings.clock().instant()));
            }
            journal.appendForeign(run, said);
            return drive(lease, plan, engine, listener);
        }
    }

    private void claimOrRelease(Lease lease, Plan plan, StoredRun before) {
        try {
            journal.claim(lease.run(), claims(plan), settings.clock().instant());
        } catch (ClaimHeldException e) {
            Instant due = before.dueAt();
            if (before.status() == RunStatus.WAITING && due != null) {
                journal.park(lease, before.blocked(), due);
            } else {
                journal.release(lease, before.status(), false);
            }
            throw e;
        }
    }

    /** Whether a step belongs to the way back of the whole run. */
    boolean isOnTheWayBack(RunId run, String step) {
        return RunState.of(journal.plan(run), journal.events(run, 0)).isOnTheWayBack(step);
    }

    void requireState(RunId run, String step, StepState wanted, String code) {
        RunState state = RunState.of(journal.plan(run), journal.events(run, 0));
        Optional<StepState> found = state.stateOf(step);
        if (found.filter(wanted::equals).isEmpty()) {
            throw GdsDatabaseException.user(code)
                    .message("step " + step + " of run " + run + ": found "
                            + found.map(StepState::name).orElse("no such step") + ", expected " + wanted + ".")
                    .remedy("look at the run's steps: " + state.states() + ".")
                    .build();
        }
    }

    @Override
    public void close() {
        closing.set(true);
        timer.shutdown();
        workers.shutdown();
    }
}
