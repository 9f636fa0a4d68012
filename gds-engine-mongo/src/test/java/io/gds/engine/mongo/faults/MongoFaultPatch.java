package io.gds.engine.mongo.faults;

import static io.gds.database.plan.Strategy.canary;

import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.testkit.faults.FaultPatch;
import java.time.Duration;

/** The patch that all cases run, in short times. */
public final class MongoFaultPatch implements FaultPatch {
    @Override
    public PatchRequest to(String version) {
        return PatchRequest.to(version)
                .strategy(canary(1).soak(Duration.ofMillis(300)))
                .stableFor(Duration.ofMillis(200))
                .memberTimeout(Duration.ofSeconds(60))
                .probe(ProbeSettings.defaults().every(Duration.ofMillis(50)));
    }
}
