package io.gds.engine.mongo.wire;

import io.gds.database.plan.NamedOverride;
import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunId;
import io.gds.database.spi.Cancellation;
import io.gds.database.spi.Secrets;
import io.gds.database.spi.StepContext;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.MongoEngine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step outside of any run, as a handler sees it. A test sets what the journal would keep. */
final class PlayedStep implements StepContext<MongoCluster> {
    private final MongoEngine engine;
    private final Clock clock;
    private final String action;
    private final List<String> told = new ArrayList<>();
    private Params params = Params.empty();
    private Params facts = Params.empty();
    private Params kept = Params.empty();
    private int pass = 1;
    private int fences;
    private Optional<NamedOverride> allowed = Optional.empty();

    PlayedStep(MongoEngine engine, Clock clock, String action) {
        this.engine = engine;
        this.clock = clock;
        this.action = action;
    }

    PlayedStep with(Object... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            params = params.with((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return this;
    }

    PlayedStep allows(String name) {
        allowed = Optional.of(new NamedOverride(name, "kim", "a test"));
        return this;
    }

    PlayedStep journalled(Params more) {
        facts = facts.with(more);
        return this;
    }

    PlayedStep nextPass() {
        pass++;
        return this;
    }

    List<String> told() {
        return told;
    }

    int fences() {
        return fences;
    }

    @Override
    public MongoEngine engine() {
        return engine;
    }

    @Override
    public RunId run() {
        return RunId.of("played");
    }

    @Override
    public Step step() {
        return Step.of("played", action, "cluster").params(params).build();
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
        return facts;
    }

    @Override
    public String key() {
        return "played/step";
    }

    @Override
    public int pass() {
        return pass;
    }

    @Override
    public void fence() {
        fences++;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Secrets secrets() {
        return reference -> {
            throw new AssertionError(reference);
        };
    }

    @Override
    public Optional<NamedOverride> override(String name) {
        return allowed.filter(o -> o.name().equals(name));
    }

    @Override
    public void progress(String text) {
        told.add(text);
    }

    @Override
    public void checkpoint(Params values) {
        kept = values;
    }

    @Override
    public Params checkpointed() {
        return kept;
    }

    @Override
    public Cancellation cancellation() {
        return Cancellation.never();
    }
}
