package io.gds.engine.postgres.internal.pooler;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.StepHandler;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.util.List;
import java.util.function.Function;

/** The two actions of a pause, and the urgent bracket that they form. */
public final class PoolerActions {
    /** Pauses all poolers, or none. */
    public static final ActionId PAUSE = ActionId.of("postgres.pooler-pause@1");
    /** Resumes them. */
    public static final ActionId RESUME = ActionId.of("postgres.pooler-resume@1");

    private PoolerActions() {}

    /**
     * The handlers.
     *
     * @param poolers the poolers of a cluster
     * @param leader who takes writes in a cluster
     */
    public static List<StepHandler<PostgresEngine>> handlers(
            Function<PostgresEngine, List<PoolerSpec>> poolers, Function<PostgresEngine, Leader> leader) {
        return List.of(new PauseHandler(poolers), new ResumeHandler(poolers, leader));
    }

    /** The bracket around a switchover; the innermost one, since clients wait as long as it is open. */
    public static BracketDraft bracket() {
        return new BracketDraft(
                "pooler-pause",
                "Let transactions finish and new ones wait in the poolers until there is a new primary",
                PAUSE,
                Params.empty(),
                RESUME,
                Params.empty(),
                Urgency.BLOCKING);
    }
}
