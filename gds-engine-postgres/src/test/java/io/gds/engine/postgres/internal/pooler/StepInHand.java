package io.gds.engine.postgres.internal.pooler;

import io.gds.database.plan.NamedOverride;
import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunId;
import io.gds.database.spi.Cancellation;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Secrets;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Spin;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What a runner would give to a handler, step by step. */
final class StepInHand implements StepContext<PostgresEngine> {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final PostgresEngine engine;
    private final String key;
    private final Params facts;
    private final Params first;

    private StepInHand(PostgresEngine engine, String key, Params facts, Params first) {
        this.engine = engine;
        this.key = key;
        this.facts = facts;
        this.first = first;
    }

    static StepInHand opener(PostgresEngine engine, String key) {
        return new StepInHand(engine, key, Params.empty(), Params.empty());
    }

    static StepInHand closer(PostgresEngine engine, Params first) {
        return new StepInHand(engine, "closer", Params.empty(), first);
    }

    StepInHand withFacts(Params prepared) {
        return new StepInHand(engine, key, prepared, first);
    }

    /** Prepares, applies and verifies as a runner does; gives the facts. */
    static Params run(StepHandler<PostgresEngine> handler, StepInHand step) throws Exception {
        for (int pass = 1; pass <= 5; pass++) {
            Params facts = prepared(handler, step);
            StepInHand with = step.withFacts(facts);
            handler.apply(with);
            Verdict[] seen = new Verdict[1];
            Spin.until(
                    () -> {
                        seen[0] = handler.verify(with);
                        return !(seen[0] instanceof Verdict.NotYet);
                    },
                    LIMIT);
            if (seen[0] instanceof Verdict.Holds) {
                return facts;
            }
        }
        throw new AssertionError("not done after five passes");
    }

    /** Waits as long as the handler holds. */
    static Params prepared(StepHandler<PostgresEngine> handler, StepInHand step) {
        Prepared[] seen = new Prepared[1];
        Spin.until(
                () -> {
                    seen[0] = handler.prepare(step);
                    return !(seen[0] instanceof Prepared.Hold);
                },
                LIMIT);
        if (seen[0] instanceof Prepared.Proceed p) {
            return p.facts();
        }
        throw new AssertionError(String.valueOf(seen[0]));
    }

    @Override
    public PostgresEngine engine() {
        return engine;
    }

    @Override
    public RunId run() {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public Step step() {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public Params params() {
        return Params.empty();
    }

    @Override
    public Params facts() {
        return facts;
    }

    @Override
    public Params firstFacts() {
        return first;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public int pass() {
        return 1;
    }

    @Override
    public void fence() {
        // Nobody takes over.
    }

    @Override
    public Clock clock() {
        return engine.context().clock();
    }

    @Override
    public Secrets secrets() {
        return engine.context().secrets();
    }

    @Override
    public Optional<NamedOverride> override(String name) {
        return Optional.empty();
    }

    @Override
    public void progress(String text) {
        // Nobody listens.
    }

    @Override
    public void checkpoint(Params values) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public Params checkpointed() {
        return Params.empty();
    }

    @Override
    public Cancellation cancellation() {
        return Cancellation.never();
    }
}
