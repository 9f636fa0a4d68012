package io.gds.engine.postgres.internal.traffic;

import io.gds.database.plan.Finding;
import io.gds.database.spi.BracketDraft;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HaproxySpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.hold.HoldActions;
import io.gds.engine.postgres.internal.hold.HoldChecks;
import io.gds.engine.postgres.internal.pooler.HaproxyAdvisor;
import io.gds.engine.postgres.internal.pooler.Leader;
import io.gds.engine.postgres.internal.pooler.PoolerActions;
import io.gds.engine.postgres.internal.pooler.PoolerPreFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the application is made to wait for a moment instead of failing. */
public final class Traffic {
    private Traffic() {}

    /** The urgent brackets around a moment without a primary; empty when nothing stands in between. */
    public static List<BracketDraft> brackets(PostgresSpec spec) {
        List<BracketDraft> out = new ArrayList<>();
        if (!spec.holds().isEmpty()) {
            out.add(HoldActions.bracket());
        }
        if (!spec.poolers().isEmpty()) {
            out.add(PoolerActions.bracket());
        }
        return out;
    }

    /**
     * What speaks against a patch here, or should be known.
     *
     * @param engine the cluster
     * @param withoutPrimary how long there will be no primary, for what HAProxy adds to it
     */
    public static List<Finding> preFlight(PostgresEngine engine, Duration withoutPrimary) {
        PostgresSpec spec = engine.spec();
        List<Finding> out = new ArrayList<>();
        if (!spec.poolers().isEmpty()) {
            out.addAll(PoolerPreFlight.findings(engine, spec.poolers(), Leader.of(engine)));
        }
        if (!spec.holds().isEmpty()) {
            out.addAll(HoldChecks.findings(engine, spec.holds()));
        }
        for (HaproxySpec haproxy : spec.haproxies()) {
            out.addAll(HaproxyAdvisor.findings(engine, haproxy, withoutPrimary));
        }
        return out;
    }
}
