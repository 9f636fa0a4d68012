package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mongo.internal.MongoCluster;
import io.gds.engine.mongo.internal.MongoEngine;
import java.time.Duration;

/** An action whose effect may safely be made again: what {@code verify} does not see is not finished. */
abstract class MongoHandler implements StepHandler<MongoCluster> {
    static final Duration SOON = Duration.ofMillis(100);

    private final ActionId action;

    MongoHandler(String action) {
        this.action = ActionId.of(action);
    }

    @Override
    public final ActionId action() {
        return action;
    }

    @Override
    public final Probed probe(StepContext<MongoCluster> c) {
        Verdict v = verify(c);
        if (v instanceof Verdict.Holds) {
            return Probed.done();
        }
        return Probed.partial(v instanceof Verdict.NotYet n ? n.blocked().observed() : "not in force");
    }

    /** The set of the member that a step is about. */
    static MongoEngine set(StepContext<MongoCluster> c) {
        Params p = c.params();
        return c.engine().of(p.has("member") ? p.string("member") : p.string("from"));
    }

    /** Not yet, and to be looked at again soon. */
    static Verdict notYet(String observed, String needed, String clears) {
        return Verdict.notYet(new Blocked(observed, needed, clears, SOON));
    }
}
