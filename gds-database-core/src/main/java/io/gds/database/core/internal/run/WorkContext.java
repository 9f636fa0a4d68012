package io.gds.database.core.internal.run;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.error.DeposedException;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.NamedOverride;
import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunId;
import io.gds.database.run.StepState;
import io.gds.database.spi.Cancellation;
import io.gds.database.spi.Secrets;
import io.gds.database.spi.StepContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A handler's view of one call: a snapshot of the step, and lines to the coordinating thread. */
final class WorkContext implements StepContext<DatabaseEngine> {
    /** What all calls of a driver share. */
    record Shared(
            DatabaseEngine engine,
            Lease lease,
            JournalStore journal,
            Clock clock,
            Secrets secrets,
            BlockingQueue<Message> messages) {}

    private final Shared shared;
    private final Flight flight;
    private final RunStep step;
    private final Params params;
    private final Params facts;
    private final Params firstFacts;
    private final Params openingFacts;
    private final int pass;
    private final Map<ActionId, List<Params>> earlier = new HashMap<>();
    private Params checkpointed;

    WorkContext(Shared shared, Flight flight, RunStep step, RunState state) {
        this.shared = shared;
        this.flight = flight;
        this.step = step;
        this.params = state.resolved(step);
        StepRun run = state.run(step.id());
        this.facts = run.facts();
        this.firstFacts = state.firstFacts(step);
        this.openingFacts = state.openingFacts(step);
        this.pass = run.pass();
        this.checkpointed = run.checkpoint();
        state.graph().forward().values().stream()
                .filter(s -> state.run(s.id()).state() == StepState.VERIFIED)
                .forEach(s -> earlier.computeIfAbsent(s.action(), a -> new ArrayList<>())
                        .add(state.run(s.id()).facts()));
    }

    @Override
    public DatabaseEngine engine() {
        return shared.engine();
    }

    @Override
    public RunId run() {
        return shared.lease().run();
    }

    @Override
    public Step step() {
        return step.source();
    }

    @Override
    public Params params() {
        return params;
    }

    @Override
    public Params facts() {
        return facts;
    }

    @Override
    public Params firstFacts() {
        return firstFacts;
    }

    @Override
    public Params openingFacts() {
        return openingFacts;
    }

    @Override
    public List<Params> earlier(ActionId action) {
        return List.copyOf(earlier.getOrDefault(action, List.of()));
    }

    @Override
    public String key() {
        return run() + "/" + step.id();
    }

    @Override
    public int pass() {
        return pass;
    }

    @Override
    public void fence() {
        flight.cancel().reason().ifPresent(r -> {
            throw GdsDatabaseException.environment("GDS-STEP-CANCELLED")
                    .message("step " + step.id() + " was asked to stop (" + r + ") before its effect.")
                    .remedy("nothing; the step will be probed.")
                    .retryable()
                    .build();
        });
        shared.journal().fence(shared.lease());
    }

    @Override
    public Clock clock() {
        return shared.clock();
    }

    @Override
    public Secrets secrets() {
        return shared.secrets();
    }

    @Override
    public Optional<NamedOverride> override(String name) {
        return params.objects("overrides").stream()
                .filter(o -> o.string("name").equals(name))
                .map(o -> new NamedOverride(name, o.string("by"), o.string("reason")))
                .findFirst();
    }

    @Override
    public void progress(String text) {
        shared.messages().add(new Message.Progress(step.id(), text));
    }

    @Override
    public void checkpoint(Params values) {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        shared.messages().add(new Message.Checkpoint(step.id(), values, stored));
        try {
            if (!stored.get()) {
                throw new DeposedException(run().value(), shared.lease().epoch());
            }
            checkpointed = values;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeposedException(run().value(), shared.lease().epoch());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a checkpoint is only ever completed normally", e);
        }
    }

    @Override
    public Params checkpointed() {
        return checkpointed;
    }

    @Override
    public Cancellation cancellation() {
        return flight.cancel();
    }
}
