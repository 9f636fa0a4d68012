package io.gds.database.core;

import static java.util.Objects.requireNonNull;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.plan.MajorUpgrade;
import io.gds.database.core.internal.plan.RehearsalPlan;
import io.gds.database.core.internal.plan.RollingPatch;
import io.gds.database.core.internal.run.DryRun;
import io.gds.database.core.internal.run.Sleeper;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Approval;
import io.gds.database.gate.GateCheck;
import io.gds.database.plan.ChangeRequest;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.StepState;
import io.gds.database.spi.BackupCheck;
import io.gds.database.spi.BackupRule;
import io.gds.database.spi.Procedure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans changes, rehearses them, runs them, and carries on or takes back what another process began.
 *
 * <p>Thread-safe. Calls block unless they say otherwise; {@link #close()} lets running calls stop at a safe point, from
 * which {@link #resume} goes on, here or elsewhere.
 */
public final class RollingPatcher implements AutoCloseable {
    private final JournalStore journal;
    private final Engines engines;
    private final Clock clock;
    private final Conductor conductor;
    private final Supplier<String> ids;
    private final @Nullable BackupRule backups;
    private final Executor executor;

    private RollingPatcher(Builder b) {
        this.journal = requireNonNull(b.journal, "journal").store();
        this.engines = b.engines == null ? Engines.load().clock(b.clock) : b.engines.clock(b.clock);
        this.clock = b.clock;
        this.conductor = new Conductor(journal, engines, b);
        this.ids = b.ids == null ? new RunNames(clock) : b.ids;
        this.backups = b.backups;
        this.executor = b.executor == null ? conductor.workers() : b.executor;
    }

    /** A patcher with default settings. */
    public static RollingPatcher create(Journal journal) {
        return builder(journal).build();
    }

    /** Starts the settings of a patcher. */
    public static Builder builder(Journal journal) {
        return new Builder(journal);
    }

    /**
     * Makes a plan. Reads the cluster and changes nothing.
     *
     * @param engine the open cluster
     * @param request a {@code PatchRequest}, or any request that a procedure of the engine answers
     * @throws GdsDatabaseException with code {@code GDS-NO-PROCEDURE} when nobody answers such a request
     */
    public Plan plan(DatabaseEngine engine, ChangeRequest request) {
        List<Procedure<?, ?>> procedures = new ArrayList<>();
        procedures.add(new RollingPatch());
        procedures.add(new MajorUpgrade());
        procedures.addAll(engines.provider(engine.reference().engine()).procedures());
        for (Procedure<?, ?> p : procedures) {
            if (p.accepts().isInstance(request)) {
                Plan plan = draft(p, engine, request);
                conductor.handlers(plan.cluster().engine()).require(plan);
                return backups == null ? plan : withBackupFinding(plan, backups);
            }
        }
        throw GdsDatabaseException.user("GDS-NO-PROCEDURE")
                .message("no procedure of engine " + engine.reference().engine() + " answers a "
                        + request.getClass().getSimpleName() + ".")
                .remedy("use a request that the engine's documentation names.")
                .build();
    }

    @SuppressWarnings("unchecked") // the procedure said that it accepts this request; engines only meet their own
    private Plan draft(Procedure<?, ?> p, DatabaseEngine engine, ChangeRequest request) {
        return ((Procedure<DatabaseEngine, ChangeRequest>) p).draft(engine, request, clock);
    }

    private Plan withBackupFinding(Plan plan, BackupRule rule) {
        List<Finding> findings = new ArrayList<>(plan.findings());
        rule.finding(plan.cluster().name(), clock.instant()).ifPresent(findings::add);
        return plan.withFindings(findings);
    }

    /**
     * Says what a run of the plan would do now: fresh findings, and a line for each step. Changes and journals nothing.
     */
    public DryRunReport dryRun(Plan plan) {
        try (DatabaseEngine engine = engines.open(plan.cluster())) {
            DryRun dry =
                    new DryRun(plan, engine, conductor.handlers(plan.cluster().engine()), clock);
            return new DryRunReport(dry.findings(), dry.steps());
        }
    }

    /**
     * Runs the plan's steps on an ephemeral clone: clone, patch, validate, destroy. The clone is destroyed whatever
     * happens; a rehearsal that died is resumed like any run, which destroys its clone.
     *
     * @param plan a plan made from a {@code PatchRequest}
     * @param smokeQueries statements that must succeed on the patched clone
     * @param listener watches
     */
    public Rehearsal rehearse(Plan plan, List<String> smokeQueries, RunListener listener) {
        Plan rehearsal = RehearsalPlan.of(plan, smokeQueries, clock);
        RunId run = create(rehearsal, RunOptions.none());
        RunOutcome outcome = conductor.drive(run, listener);
        return new Rehearsal(outcome, plan.withEstimates(RehearsalPlan.estimates(plan, run, journal.events(run, 0))));
    }

    /** Rehearses without smoke queries. */
    public Rehearsal rehearse(Plan plan) {
        return rehearse(plan, List.of(), RunListener.none());
    }

    /** Executes a plan, without acknowledging anything; see {@link #execute(Plan, RunOptions, RunListener)}. */
    public RunOutcome execute(Plan plan, RunListener listener) {
        return execute(plan, RunOptions.none(), listener);
    }

    /**
     * Executes a plan on the calling thread until it ends, waits for longer than the patience, or this process is
     * deposed.
     *
     * @throws GdsDatabaseException with code {@code GDS-FINDINGS} when a finding blocks or is not acknowledged,
     *     {@code GDS-HANDLER-MISSING} or {@code GDS-ENGINE-UNKNOWN} when a plugin is missing; nothing has been touched
     * @throws io.gds.database.error.ClaimHeldException when another run has the cluster
     * @throws io.gds.database.error.DeposedException when another process takes over meanwhile
     */
    public RunOutcome execute(Plan plan, RunOptions options, RunListener listener) {
        return conductor.drive(create(plan, options), listener);
    }

    /** Executes a plan on another thread; the run exists when this returns. Errors as for {@code execute}. */
    public RunHandle start(Plan plan, RunOptions options, RunListener listener) {
        RunId run = create(plan, options);
        CompletableFuture<RunOutcome> done =
                CompletableFuture.supplyAsync(() -> conductor.drive(run, listener), executor);
        return new RunHandle(view(run), done);
    }

    private RunId create(Plan plan, RunOptions options) {
        conductor.handlers(plan.cluster().engine()).require(plan);
        Admission.check(plan, options);
        RunId run = RunId.of(ids.get());
        List<Draft> first = new ArrayList<>();
        first.add(draft(RunEvent.Type.RUN_CREATED, Params.of("planHash", plan.hash(), "title", plan.title())));
        options.acknowledged()
                .forEach((id, by) -> first.add(draft(
                        RunEvent.Type.FINDING_ACKNOWLEDGED,
                        Params.of("id", id, "by", by.by(), "reason", by.reason()))));
        journal.create(run, plan, conductor.claims(plan), first);
        return run;
    }

    /**
     * Carries on with a run that waits, or whose driver died; probes every step that was under way.
     *
     * @return at once when the run has ended
     * @throws io.gds.database.error.ClaimHeldException when a live process drives it
     */
    public RunOutcome resume(RunId run, RunListener listener) {
        return view(run)
                .outcome()
                .filter(o -> !(o instanceof RunOutcome.Waiting))
                .orElseGet(() -> conductor.drive(run, listener));
    }

    /** Resumes every waiting run whose time has come, one after the other; outcomes by run. */
    public Map<RunId, RunOutcome> resumeDue(RunListener listener) {
        Map<RunId, RunOutcome> out = new HashMap<>();
        for (RunId run : journal.due(clock.instant(), Integer.MAX_VALUE)) {
            out.put(run, resume(run, listener));
        }
        return out;
    }

    /**
     * Takes a run back: compensations in reverse, as far as the last seal. For runs that ended, wait, or whose driver
     * died.
     *
     * @param by who asks, and why; kept in the journal
     * @throws io.gds.database.error.ClaimHeldException when a live process drives it, or another run has the cluster
     */
    public RunOutcome rollback(RunId run, Approval by, RunListener listener) {
        return goBack(run, by, "GDS-ROLLBACK-REQUESTED", "rollback requested", listener);
    }

    private RunOutcome goBack(RunId run, Approval by, String id, String what, RunListener listener) {
        Finding why = Finding.block(
                id, run.value(), what + " by " + by.by() + ": " + by.reason(), "the state before the run", "none.");
        return conductor.reopen(
                run,
                draft(
                        RunEvent.Type.CANCEL_REQUESTED,
                        Params.of("by", by.by(), "reason", why.observed(), "back", true)
                                .with("finding", why.document())),
                listener);
    }

    /**
     * Says what is true of a step whose outcome nobody could tell, and carries on.
     *
     * @param step the step's name in the journal
     * @param done whether its effect happened
     * @throws GdsDatabaseException with code {@code GDS-SETTLE} when the step is not {@code UNKNOWN}
     */
    public RunOutcome settle(RunId run, String step, boolean done, Approval by, RunListener listener) {
        conductor.requireState(run, step, StepState.UNKNOWN, "GDS-SETTLE");
        return conductor.reopen(
                run,
                new Draft(
                        RunEvent.Type.STEP_SETTLED,
                        step,
                        Params.of("as", done ? "DONE" : "NOT_DONE", "by", by.by(), "reason", by.reason()),
                        clock.instant()),
                listener);
    }

    /**
     * Tries a failed step once more and carries on. When a step of the way back had failed, what it stood in was closed
     * meanwhile, so the way back is planned anew from how things stand.
     *
     * @param step the step's name in the journal
     * @throws GdsDatabaseException with code {@code GDS-RETRY} when the step has not failed
     */
    public RunOutcome retry(RunId run, String step, Approval by, RunListener listener) {
        conductor.requireState(run, step, StepState.FAILED, "GDS-RETRY");
        if (conductor.isOnTheWayBack(run, step)) {
            return goBack(run, by, "GDS-RETRY-REQUESTED", "retry of " + step, listener);
        }
        return conductor.reopen(
                run,
                new Draft(
                        RunEvent.Type.STEP_REPLANNED,
                        step,
                        Params.of("kind", "retry", "by", by.by(), "reason", "retry by " + by.by() + ": " + by.reason()),
                        clock.instant()),
                listener);
    }

    /** Approves a gate; see {@link RunView#approve(String, Approval)}. */
    public void approve(RunId run, String gate, Approval by) {
        view(run).approve(gate, by);
    }

    /** Asks a run to stop at the next safe point; see {@link RunView#cancel}. */
    public void cancel(RunId run, Approval by) {
        view(run).cancel(by);
    }

    /**
     * Takes a run's claims away, for a run that will never go on. What it changed stays changed.
     *
     * @param by who decides, and why; kept in the journal
     */
    public void breakClaim(RunId run, Approval by) {
        journal.appendForeign(
                run,
                draft(
                        RunEvent.Type.PROGRESS,
                        Params.of(
                                "text",
                                "claims " + journal.claims(run) + " broken by " + by.by() + ": " + by.reason())));
        journal.breakClaims(run);
    }

    /** The runs of the journal. */
    public RunHistory runs() {
        return new RunHistory(journal, clock);
    }

    private RunView view(RunId run) {
        return runs().find(run).orElseThrow(() -> GdsDatabaseException.user("GDS-RUN-UNKNOWN")
                .message("there is no run " + run + " in this journal.")
                .remedy("list the runs with patcher.runs().list().")
                .build());
    }

    private Draft draft(RunEvent.Type type, Params data) {
        return new Draft(type, null, data, clock.instant());
    }

    /** Lets running calls stop at a safe point and gives threads back. The journal stays open. */
    @Override
    public void close() {
        conductor.close();
    }

    /** Collects a patcher's settings. Not thread-safe. */
    public static final class Builder {
        final Journal journal;
        Clock clock = io.gds.database.core.internal.clock.SystemClock.utc();

        @Nullable
        Engines engines;

        Duration patience = Duration.ofSeconds(30);
        Duration leaseTtl = Duration.ofSeconds(30);
        Duration grace = Duration.ofSeconds(30);
        final Map<String, GateCheck> checks = new HashMap<>();

        @Nullable
        BackupRule backups;

        @Nullable
        Executor executor;

        @Nullable
        Sleeper sleeper;

        @Nullable
        Executor workers;

        @Nullable
        Supplier<String> ids;

        Builder(Journal journal) {
            this.journal = requireNonNull(journal, "journal");
        }

        /** The engines to use; by default those that {@code Engines.load()} finds. */
        public Builder engines(Engines those) {
            this.engines = requireNonNull(those, "those");
            return this;
        }

        /** The only clock; UTC system time by default. */
        public Builder clock(Clock source) {
            this.clock = requireNonNull(source, "source");
            return this;
        }

        /** A wait longer than this gives the thread back and returns {@code Waiting}; 30 s by default. */
        public Builder patience(Duration longest) {
            this.patience = requireNonNull(longest, "longest");
            return this;
        }

        /** After how long without a sign of life another host may take a run over; 30 s by default. */
        public Builder leaseTime(Duration ttl) {
            if (ttl.isNegative() || ttl.isZero()) {
                throw new IllegalArgumentException("lease time: expected more than zero, found " + ttl);
            }
            this.leaseTtl = ttl;
            return this;
        }

        /** Registers a condition that plans may name as a gate. */
        public Builder check(String name, GateCheck check) {
            checks.put(name, check);
            return this;
        }

        /**
         * Registers how to learn the age of the newest backup; plans get a finding when it is older than allowed.
         */
        public Builder backupCheck(BackupCheck check, Duration oldest) {
            this.backups = new BackupRule(check, oldest, false);
            return this;
        }

        /** Where {@code start} drives runs; by default threads of the patcher's own. */
        public Builder executor(Executor threads) {
            this.executor = requireNonNull(threads, "threads");
            return this;
        }

        Builder sleeper(Sleeper moves) {
            this.sleeper = moves;
            return this;
        }

        Builder ids(Supplier<String> names) {
            this.ids = names;
            return this;
        }

        Builder workers(Executor threads) {
            this.workers = threads;
            return this;
        }

        /** Makes the patcher. */
        public RollingPatcher build() {
            return new RollingPatcher(this);
        }
    }
}
