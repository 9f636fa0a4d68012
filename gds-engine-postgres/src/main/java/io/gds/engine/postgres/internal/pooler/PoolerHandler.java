package io.gds.engine.postgres.internal.pooler;

import io.gds.database.plan.ActionId;
import io.gds.database.run.Blocked;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What both ends of a pause have in common. */
abstract class PoolerHandler implements StepHandler<PostgresEngine> {
    private static final Duration SOON = Duration.ofMillis(20);

    private final ActionId action;
    private final Function<PostgresEngine, List<PoolerSpec>> specs;

    PoolerHandler(ActionId action, Function<PostgresEngine, List<PoolerSpec>> specs) {
        this.action = action;
        this.specs = specs;
    }

    @Override
    public final ActionId action() {
        return action;
    }

    Poolers poolers(StepContext<PostgresEngine> c) {
        return new Poolers(c.engine(), specs.apply(c.engine()));
    }

    static Blocked blocked(String observed, String needed, String clears) {
        return new Blocked(observed, needed, clears, SOON);
    }
}
