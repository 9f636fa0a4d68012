package io.gds.samples.benchmarks;

import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.samples.embedded.EmbeddedCluster;
import java.io.IOException;
import java.time.Duration;

/** A plan of a patch of three members, made against a live cluster. */
final class RealPlan {
    private RealPlan() {}

    static Plan make() throws IOException {
        try (EmbeddedCluster cluster = Bed.cluster(false);
                LibraryPatch patch = new LibraryPatch(
                        cluster, Bed.directory("plan"), ProbeSettings.defaults(), Duration.ofSeconds(1))) {
            return patch.plan();
        }
    }
}
