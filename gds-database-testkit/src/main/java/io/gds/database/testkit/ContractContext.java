package io.gds.database.testkit;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.NamedOverride;
import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunId;
import io.gds.database.spi.Cancellation;
import io.gds.database.spi.Secrets;
import io.gds.database.spi.StepContext;
import java.time.Clock;
import java.util.Optional;

/** What verbs get when the contract calls them outside of any run: everything is allowed, nobody interferes. */
final class ContractContext implements StepContext<DatabaseEngine> {
    private final DatabaseEngine engine;
    private final Clock clock;
    private final Params params;
    private final Params facts;
    private Params stored = Params.empty();

    ContractContext(DatabaseEngine engine, Clock clock, Params params, Params facts) {
        this.engine = engine;
        this.clock = clock;
        this.params = params;
        this.facts = facts;
    }

    @Override
    public DatabaseEngine engine() {
        return engine;
    }

    @Override
    public Clock clock() {
        return clock;
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
    public RunId run() {
        return RunId.of("contract");
    }

    @Override
    public Step step() {
        return Step.of("contract", "contract.verb@1", "cluster").params(params).build();
    }

    @Override
    public Params firstFacts() {
        return Params.empty();
    }

    @Override
    public String key() {
        return "contract/verb";
    }

    @Override
    public int pass() {
        return 1;
    }

    @Override
    public void fence() {}

    @Override
    public Secrets secrets() {
        return reference -> {
            throw new IllegalArgumentException("the contract knows no secret " + reference);
        };
    }

    @Override
    public Optional<NamedOverride> override(String name) {
        return Optional.empty();
    }

    @Override
    public void progress(String text) {}

    @Override
    public void checkpoint(Params values) {
        stored = values;
    }

    @Override
    public Params checkpointed() {
        return stored;
    }

    @Override
    public Cancellation cancellation() {
        return Cancellation.never();
    }
}
