package io.gds.engine.postgres.internal.assembly;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.StepHandler;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.hold.HoldActions;
import io.gds.engine.postgres.internal.patroni.PatroniActions;
import io.gds.engine.postgres.internal.pooler.Leader;
import io.gds.engine.postgres.internal.pooler.PoolerActions;
import io.gds.engine.postgres.internal.steps.PostgresActions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The entry of this plugin. */
public final class PostgresProvider implements EngineProvider<PostgresEngine> {
    /** For ServiceLoader. */
    public PostgresProvider() {}

    @Override
    public String id() {
        return "postgres";
    }

    @Override
    public List<Problem> check(Params spec) {
        return PostgresSpec.check(spec);
    }

    @Override
    public PostgresEngine open(Params spec, EngineContext context) {
        return Assembly.open(spec, context);
    }

    @Override
    public Collection<? extends StepHandler<PostgresEngine>> handlers() {
        List<StepHandler<PostgresEngine>> all = new ArrayList<>(PostgresActions.handlers());
        all.addAll(PatroniActions.handlers());
        all.addAll(PoolerActions.handlers(e -> e.spec().poolers(), Leader::of));
        all.addAll(HoldActions.handlers(e -> e.spec().holds()));
        return all;
    }
}
