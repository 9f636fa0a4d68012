package io.gds.engine.postgres.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.time.Duration;

/** An action whose effect may safely be made again: what {@code verify} does not see is not finished. */
public abstract class PostgresHandler implements StepHandler<PostgresEngine> {
    private static final Duration SOON = Duration.ofMillis(20);

    private final ActionId action;

    /** A handler of an action. */
    protected PostgresHandler(String action) {
        this.action = ActionId.of(action);
    }

    @Override
    public final ActionId action() {
        return action;
    }

    @Override
    public final Probed probe(StepContext<PostgresEngine> c) {
        Verdict v = verify(c);
        if (v instanceof Verdict.Holds) {
            return Probed.done();
        }
        String seen = v instanceof Verdict.NotYet n ? n.blocked().observed() : "not in force";
        return Probed.partial(seen);
    }

    /** Not yet, and to be looked at again soon. */
    protected static Verdict notYet(String observed, String needed, String clears) {
        return Verdict.notYet(new Blocked(observed, needed, clears, SOON));
    }
}
