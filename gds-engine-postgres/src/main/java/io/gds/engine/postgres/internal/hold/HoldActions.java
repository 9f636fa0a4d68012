package io.gds.engine.postgres.internal.hold;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.StepHandler;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HoldSpec;
import java.util.List;
import java.util.function.Function;

/** The two actions of a hold, and the urgent bracket that they form. */
public final class HoldActions {
    /** Lets all applications hold their traffic, or none. */
    public static final ActionId HOLD = ActionId.of("postgres.hold@1");
    /** Lets them go on. */
    public static final ActionId RELEASE = ActionId.of("postgres.release@1");

    private HoldActions() {}

    /**
     * The handlers.
     *
     * @param holds the holds of a cluster
     */
    public static List<StepHandler<PostgresEngine>> handlers(Function<PostgresEngine, List<HoldSpec>> holds) {
        return List.of(new HoldHandler(holds), new ReleaseHandler(holds));
    }

    /** The bracket around a switchover; the innermost one, since clients wait as long as it is open. */
    public static BracketDraft bracket() {
        return new BracketDraft(
                "hold",
                "Let applications finish their transactions and hold new ones until there is a new primary",
                HOLD,
                Params.empty(),
                RELEASE,
                Params.empty(),
                Urgency.BLOCKING);
    }
}
