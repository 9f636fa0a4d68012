package io.gds.engine.postgres.faults;

import static io.gds.database.plan.Strategy.canary;

import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunOptions;
import io.gds.database.gate.Approval;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.ProbeSettings;
import java.time.Duration;

/** The patch that all cases run, in short times. */
final class Patches {
    private Patches() {}

    static PatchRequest to(String version) {
        return PatchRequest.to(version)
                .strategy(canary(1).soak(Duration.ofMillis(300)))
                .stableFor(Duration.ofMillis(200))
                .memberTimeout(Duration.ofSeconds(20))
                .probe(ProbeSettings.defaults().every(Duration.ofMillis(10)));
    }

    static RollingPatcher patcher(Journal journal) {
        return RollingPatcher.builder(journal).leaseTime(Duration.ofSeconds(5)).build();
    }

    /** Clusters are patched back and forth; going back needs a person's word. */
    static RunOptions downgradesToo() {
        return RunOptions.none().acknowledge("PG-DOWNGRADE", Approval.by("kim").because("fault suite"));
    }
}
