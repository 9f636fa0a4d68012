package io.gds.database.core.internal.run;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.error.DeposedException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.run.CancelReason;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.spi.Secrets;
import io.gds.database.spi.StepHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Drives one run while this process holds its lease: asks the decision core what to do, has workers do it, and journals
 * what came of it. One coordinating thread does all journal writes, so every event is folded in the order it is durable.
 */
public final class RunDriver {
    private static final Duration LISTEN = Duration.ofMillis(200);

    private final JournalStore journal;
    private final Lease lease;
    private final RunState state;
    private final Handlers handlers;
    private final Availability availability;
    private final RunLog log;
    private final DriverSettings settings;
    private final Clock clock;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final Map<String, Flight> flights = new HashMap<>();
    private final GateWatch gates;
    private final WorkContext.Shared shared;

    /** A driver for a run whose lease this process has just taken. */
    public RunDriver(
            JournalStore journal,
            Lease lease,
            RunState state,
            Handlers handlers,
            DatabaseEngine engine,
            Secrets secrets,
            Availability availability,
            RunListener listener,
            DriverSettings settings) {
        this.journal = journal;
        this.lease = lease;
        this.state = state;
        this.handlers = handlers;
        this.availability = availability;
        this.settings = settings;
        this.clock = settings.clock();
        this.log = new RunLog(journal, lease, state, RunListener.all(listener), clock, () -> flights.values()
                .forEach(f -> f.cancel().cancel(CancelReason.USER)));
        this.gates = new GateWatch(state, engine, log, settings);
        this.shared = new WorkContext.Shared(engine, lease, journal, clock, secrets, messages);
    }

    /**
     * Drives until the run ends, waits for longer than the patience, or this process is deposed or shut down.
     *
     * @throws DeposedException when another process has taken over
     */
    public RunOutcome drive() {
        try (LeaseKeeper keeper = new LeaseKeeper(journal, lease, settings.leaseTtl(), clock, settings.timer());
                Availability probe = availability) {
            gates.remember(journal.find(lease.run()).orElseThrow().blocked());
            log.append(
                    RunEvent.Type.LEASE_TAKEN,
                    null,
                    Params.of("holder", lease.holder().name(), "epoch", lease.epoch())
                            .with("host", lease.holder().host()));
            while (true) {
                if (keeper.isDeposed()) {
                    throw new DeposedException(lease.run().value(), lease.epoch());
                }
                probe.follow(state);
                takeReports();
                stopOnBreach(probe);
                Optional<RunOutcome> end = state.finished().isPresent() ? Optional.of(finished()) : round();
                if (end.isPresent()) {
                    return end.get();
                }
            }
        } catch (DeposedException e) {
            flights.values().forEach(f -> f.cancel().cancel(CancelReason.DEPOSED));
            throw e;
        } catch (InterruptedException e) {
            flights.values().forEach(f -> f.cancel().cancel(CancelReason.SHUTDOWN));
            Thread.currentThread().interrupt();
            return parked(state, clock.instant(), "interrupted");
        }
    }

    /** One look at the state: do what can be done, then take what comes. */
    private Optional<RunOutcome> round() throws InterruptedException {
        if (settings.shuttingDown().getAsBoolean()) {
            flights.values().forEach(f -> f.cancel().cancel(CancelReason.SHUTDOWN));
            if (flights.isEmpty()) {
                return Optional.of(parked(state, clock.instant(), "the process shuts down"));
            }
        }
        long before = state.seq();
        for (Command c : Decision.decide(state, clock.instant(), flights.keySet())) {
            Optional<RunOutcome> end = perform(c);
            if (end.isPresent() || state.seq() != before) {
                return end; // the state moved: decide anew
            }
        }
        if (!flights.isEmpty()) {
            take(messages.poll(LISTEN.toMillis(), TimeUnit.MILLISECONDS));
            endOverdue();
            log.listenToOthers();
        }
        return Optional.empty();
    }

    private Optional<RunOutcome> perform(Command c) throws InterruptedException {
        if (c instanceof Command.Await await) {
            return flights.isEmpty() ? await(await) : Optional.empty();
        } else if (c instanceof Command.Finish end) {
            return flights.isEmpty() ? Optional.of(finish(end)) : Optional.empty();
        } else if (c instanceof Command.GoBack back) {
            List<Flight> inTheWay =
                    flights.values().stream().filter(f -> isIn(back.scope(), f)).toList();
            inTheWay.forEach(f -> f.cancel().cancel(CancelReason.USER));
            if (inTheWay.isEmpty()) {
                log.append(
                        RunEvent.Type.WAY_BACK_STARTED,
                        null,
                        Params.of("scope", back.scope(), "closeOnly", back.closeOnly())
                                .with(Params.of(
                                        "cancelled",
                                        back.cancelled(),
                                        "reason",
                                        back.cause().observed()))
                                .with("finding", back.cause().document()));
            }
        } else if (c instanceof Command.Fail fail) {
            if (!flights.containsKey(fail.step().id())) {
                log.append(
                        RunEvent.Type.STEP_FAILED,
                        fail.step().id(),
                        Params.of(
                                "reason",
                                fail.finding().observed(),
                                "finding",
                                fail.finding().document()));
            }
        } else if (c instanceof Command.Skip skip) {
            log.append(RunEvent.Type.STEP_SKIPPED, skip.step().id(), Params.of("reason", skip.reason()));
        } else if (c instanceof Command.Renew renew) {
            if (flights.isEmpty()) {
                log.append(renew.drafts(clock.instant()));
            }
        } else if (c instanceof Command.Evaluate e) {
            gates.evaluate(e);
        } else {
            launch(c);
        }
        return Optional.empty();
    }

    private void launch(Command c) {
        RunStep step = stepOf(c);
        if (flights.containsKey(step.id())) {
            return;
        }
        Flight flight = new Flight(step.id(), c, clock.instant());
        StepHandler<DatabaseEngine> handler = handlers.get(step.action());
        Worker worker = new Worker(
                handler,
                new WorkContext(shared, flight, step, state),
                step,
                Worker.Snapshot.of(state, step),
                clock,
                flight);
        flights.put(step.id(), flight);
        settings.workers().execute(() -> messages.add(worker.work()));
    }

    /** What goes back as a whole waits for everybody; a lane only for its own: the others go on. */
    private static boolean isIn(String scope, Flight f) {
        return scope.equals(Return.RUN) || stepOf(f.command()).source().lane().equals(scope);
    }

    private static RunStep stepOf(Command c) {
        if (c instanceof Command.Prepare p) {
            return p.step();
        } else if (c instanceof Command.Apply a) {
            return a.step();
        } else if (c instanceof Command.Probe p) {
            return p.step();
        } else if (c instanceof Command.Verify v) {
            return v.step();
        }
        return ((Command.Confirm) c).step();
    }

    private void take(@Nullable Message m) {
        if (m == null) {
            return;
        }
        if (m instanceof Message.Progress p) {
            log.show(RunEvent.Type.PROGRESS, p.step(), Params.of("text", p.text()));
        } else if (m instanceof Message.Checkpoint k) {
            store(k);
        } else if (m instanceof Message.Done d && land(d.flight())) {
            log.append(d.drafts());
        } else if (m instanceof Message.Waits w && land(w.flight())) {
            log.waits(w.flight().key(), w.blocked());
        } else if (m instanceof Message.Died x) {
            land(x.flight());
            if (x.error() instanceof RuntimeException r) {
                throw r;
            }
            throw (Error) x.error();
        }
    }

    /** Takes a call off the list; false when it was given up before it answered. */
    private boolean land(Flight f) {
        return flights.remove(f.key(), f);
    }

    private void store(Message.Checkpoint k) {
        try {
            log.append(RunEvent.Type.STEP_CHECKPOINT, k.step(), Params.of("values", k.values()));
            k.stored().complete(true);
        } finally {
            k.stored().complete(false);
        }
    }

    /** Gives up on calls that neither returned nor reacted: their INTENT stays and will be probed. */
    private void endOverdue() {
        Instant now = clock.instant();
        for (Flight f : new ArrayList<>(flights.values())) {
            RunStep step = stepOf(f.command());
            Instant limit = f.startedAt().plus(step.source().timeout());
            if (limit.isBefore(now)) {
                f.cancel().cancel(CancelReason.TIMEOUT);
            }
            if (limit.plus(settings.grace()).isBefore(now)
                    && flights.remove(f.key(), f)
                    && f.command() instanceof Command.Apply) {
                log.append(
                        RunEvent.Type.STEP_ATTEMPT_FAILED,
                        step.id(),
                        Params.of(
                                "reason",
                                "no answer within " + step.source().timeout() + " and " + settings.grace()
                                        + " of grace"));
            }
        }
    }

    private Optional<RunOutcome> await(Command.Await a) throws InterruptedException {
        log.listenToOthers();
        Instant now = clock.instant();
        RunState.Wait wait = state.waitOf(a.what());
        boolean closedForLong = wait != null
                && a.what().startsWith("gate:")
                && wait.since().plus(settings.patience()).isBefore(now);
        if (closedForLong) { // a gate that is looked at often may stay closed for weeks all the same
            return Optional.of(parked(state, now.plus(settings.patience()), a.what()));
        }
        Duration left = Duration.between(now, a.until());
        if (left.compareTo(settings.patience()) > 0) {
            return Optional.of(parked(state, a.until(), a.what()));
        }
        if (!left.isNegative() && !left.isZero()) {
            settings.sleeper().sleep(left.compareTo(LISTEN) < 0 ? left : LISTEN);
        }
        return Optional.empty();
    }

    private RunOutcome parked(RunState s, Instant until, String what) {
        availability.close();
        takeReports();
        RunState.Wait wait = s.waitOf(what);
        Blocked b = wait == null
                ? new Blocked(what, "a process that drives the run", "resume", Duration.ofSeconds(1))
                : wait.blocked();
        log.append(RunEvent.Type.LEASE_RELEASED, null, Params.of("reason", "waits: " + what));
        Params row = Params.of("what", what, "blocked", b.document(), "due", until.toString())
                .with(gates.remembered());
        journal.park(lease, row, until);
        return Outcomes.waiting(lease.run(), row);
    }

    private RunOutcome finish(Command.Finish end) {
        availability.close();
        takeReports();
        Params doc = Outcomes.document(state, end);
        if (end.status() == RunStatus.UNDETERMINED) {
            doc = doc.with(unknownOf());
        }
        log.append(RunEvent.Type.RUN_FINISHED, null, doc);
        release(end.status());
        return Outcomes.read(lease.run(), doc);
    }

    /** A failed run keeps its claims, since somebody must help it first; unless it was refused before it did anything. */
    private void release(RunStatus status) {
        boolean refused = status == RunStatus.FAILED && state.touchedNothing();
        journal.release(lease, status, status.isFinal() || refused);
    }

    /** The end was journalled, and whoever did that died before it gave the lease and the claims back. */
    private RunOutcome finished() {
        Params doc = journal.events(lease.run(), 0).stream()
                .filter(e -> e.type() == RunEvent.Type.RUN_FINISHED)
                .reduce((a, b) -> b)
                .map(RunEvent::data)
                .orElseThrow();
        release(RunStatus.valueOf(doc.string("status")));
        return Outcomes.read(lease.run(), doc);
    }

    private Params unknownOf() {
        RunId run = lease.run();
        return journal.events(run, 0).stream()
                .filter(e -> e.type() == RunEvent.Type.STEP_UNKNOWN)
                .reduce((a, b) -> b)
                .map(e -> e.data().with("step", e.step().orElse("?")))
                .orElse(Params.empty());
    }

    private void stopOnBreach(Availability probe) {
        if (state.stopCause() == null && state.returns().isEmpty()) {
            probe.breach().ifPresent(f -> requestStop(f, false));
        }
    }

    private void requestStop(Finding why, boolean cancelled) {
        log.append(
                RunEvent.Type.CANCEL_REQUESTED,
                null,
                Params.of("reason", why.observed(), "cancelled", cancelled, "finding", why.document()));
    }

    private void takeReports() {
        availability.takeReport().ifPresent(r -> log.append(RunEvent.Type.PROBE_REPORT, null, r));
    }
}
