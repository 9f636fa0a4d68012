package io.gds.database.core;

import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.StoredRun;
import io.gds.database.core.internal.run.Outcomes;
import io.gds.database.core.internal.run.RunState;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as the journal knows it, for watching it and for having a say in it, from whichever process.
 *
 * <p>Thread-safe. Every call reads the journal anew.
 */
public final class RunView {
    private final JournalStore journal;
    private final RunId run;
    private final Clock clock;

    RunView(JournalStore journal, RunId run, Clock clock) {
        this.journal = journal;
        this.run = run;
        this.clock = clock;
    }

    private StoredRun row() {
        return journal.find(run).orElseThrow();
    }

    /** Its name. */
    public RunId id() {
        return run;
    }

    /** How it stands. A run whose driver died without a word is still {@code RUNNING}; resume it. */
    public RunStatus status() {
        return row().status();
    }

    /** The plan's title. */
    public String title() {
        return row().title();
    }

    /** The cluster's name. */
    public String cluster() {
        return row().cluster();
    }

    /** When it was created. */
    public Instant createdAt() {
        return row().createdAt();
    }

    /** When a waiting run is worth resuming; empty otherwise. */
    public Optional<Instant> dueAt() {
        return Optional.ofNullable(row().dueAt());
    }

    /** The process that drives it. */
    public Optional<String> holder() {
        return Optional.ofNullable(row().holder()).map(Holder::name);
    }

    /** Its plan. */
    public Plan plan() {
        return journal.plan(run);
    }

    /** Its outcome; empty while it runs. */
    public Optional<RunOutcome> outcome() {
        StoredRun r = row();
        if (r.status() == RunStatus.WAITING) {
            return Optional.of(Outcomes.waiting(run, r.blocked()));
        }
        if (r.status() == RunStatus.RUNNING) {
            return Optional.empty();
        }
        return journal.events(run, 0).stream()
                .filter(e -> e.type() == RunEvent.Type.RUN_FINISHED)
                .reduce((a, b) -> b)
                .map(e -> Outcomes.read(run, e.data()));
    }

    /** Everything about it, for reports. */
    public RunRecord record() {
        StoredRun r = row();
        return new RunRecord(run, plan(), r.status(), r.createdAt(), journal.events(run, 0));
    }

    /**
     * Approves a gate that the run has reached.
     *
     * @throws GdsDatabaseException with code {@code GDS-GATE} when the plan has no such gate, the run has not reached it,
     *     or it is open already
     */
    public void approve(String gate, Approval approval) {
        approve(gate, approval, row().planHash());
    }

    /**
     * Approves a gate of exactly the plan that the approver has read.
     *
     * @param planHash the hash of that plan
     * @throws GdsDatabaseException with code {@code GDS-APPROVAL-STALE} when the run executes another plan; otherwise as
     *     {@link #approve(String, Approval)}
     */
    public void approve(String gate, Approval approval, String planHash) {
        if (!planHash.equals(row().planHash())) {
            throw GdsDatabaseException.user("GDS-APPROVAL-STALE")
                    .message("approval of gate " + gate + " is for plan " + planHash + ", run " + run + " executes "
                            + row().planHash() + ".")
                    .remedy("read the plan of this run and approve again.")
                    .build();
        }
        RunState state = RunState.of(plan(), journal.events(run, 0));
        boolean planned = state.plan().steps().stream()
                .anyMatch(s -> s.gate().filter(g -> g.name().equals(gate)).isPresent());
        boolean reached = planned && state.gateView(gate).reachedAt() != null;
        if (!reached || state.gateView(gate).isOpen() || state.finished().isPresent()) {
            String found = !planned
                    ? "no such gate"
                    : !reached ? "a gate the run has not reached" : "a gate that is open, or a run that has ended";
            throw GdsDatabaseException.user("GDS-GATE")
                    .message("gate \"" + gate + "\" of run " + run + ": found " + found
                            + ", expected a closed gate that" + " the run waits for.")
                    .remedy("look at the run's plan and events; approve the gate that it waits for.")
                    .build();
        }
        say(
                RunEvent.Type.GATE_APPROVED,
                Params.of("gate", gate, "by", approval.by(), "reason", approval.reason())
                        .with("planHash", planHash));
    }

    /**
     * Asks the run to stop at the next safe point: what is under way is finished, brackets are closed, effects stay. Who
     * wants them taken back calls {@code rollback} afterwards. A waiting run does so when it is resumed.
     */
    public void cancel(Approval by) {
        Finding why = Finding.block(
                "GDS-CANCELLED",
                run.value(),
                "cancelled by " + by.by() + ": " + by.reason(),
                "a run to its end",
                "none.");
        say(
                RunEvent.Type.CANCEL_REQUESTED,
                Params.of("by", by.by(), "reason", why.observed(), "cancelled", true)
                        .with("finding", why.document()));
    }

    private void say(RunEvent.Type type, Params data) {
        journal.appendForeign(run, new Draft(type, null, data, clock.instant()));
    }

    /** Events so far, in order. */
    public List<RunEvent> events() {
        return journal.events(run, 0);
    }

    @Override
    public String toString() {
        return run + " " + status() + " " + title();
    }
}
