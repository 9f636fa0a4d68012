package io.gds.engine.mongo.sharded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.RunOptions;
import io.gds.database.gate.Gates;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.plan.Step;
import io.gds.database.plan.UpgradeRequest;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.engine.mongo.faults.MajorityLoad;
import io.gds.samples.mongo.ReplicaSet;
import io.gds.samples.mongo.ReplicaSetMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sharded cluster of nine real servers, upgraded from one end to the other under writes to both shards. */
@Tag("slow")
class ShardedUpgradeTest {
    private static UpgradeRequest to(String version) {
        return UpgradeRequest.to(version)
                .like(PatchRequest.to(version)
                        .stableFor(Duration.ofMillis(200))
                        .memberTimeout(Duration.ofSeconds(90))
                        .partsAtOnce(2)
                        .probe(ProbeSettings.defaults().every(Duration.ofMillis(50))))
                .burnIn(Duration.ZERO);
    }

    private static String compatibility(ReplicaSetMember m) {
        return m.run(new Document("getParameter", 1).append("featureCompatibilityVersion", 1))
                .get("featureCompatibilityVersion", Document.class)
                .getString("version");
    }

    @Test
    void upgradedWithTheBalancerRunningBefore() throws Exception {
        try (ShardedBed bed = ShardedBed.start("5.0.4", "6.0.27");
                DatabaseEngine engine = bed.open()) {
            assertThat(bed.balancer()).isEqualTo("full");
            List<MajorityLoad> loads = new ArrayList<>();
            try {
                for (ReplicaSet shard : bed.shards()) {
                    loads.add(MajorityLoad.start(shard));
                }
                Plan plan = bed.patcher().plan(engine, to("6.0.27").finishWhen(Gates.elapsed(Duration.ZERO)));
                System.out.println(plan);
                orderOf(plan);
                RunOutcome outcome = bed.patcher().execute(plan, RunOptions.none(), RunListener.none());
                assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
                assertThat(bed.members())
                        .extracting(ReplicaSetMember::runningVersion)
                        .containsOnly("6.0.27");
                assertThat(bed.members())
                        .extracting(ShardedUpgradeTest::compatibility)
                        .containsOnly("6.0");
                assertThat(List.of(bed.routerVersion(1), bed.routerVersion(2))).containsOnly("6.0.27");
                assertThat(bed.balancer()).as("balancer as found").isEqualTo("full");
                for (MajorityLoad load : loads) {
                    load.awaitProgress();
                    assertThat(load.wrong()).isEmpty();
                    System.out.println("longest gap " + load.longestGap() + ", failures " + load.failures());
                    assertThat(load.failures()).isEmpty();
                }
            } finally {
                loads.forEach(MajorityLoad::close);
            }
        }
    }

    /** Config servers, then shards, then routers; the balancer is back before the burn-in. */
    private static void orderOf(Plan plan) {
        List<String> ids =
                plan.steps().stream().map(Step::id).map(Object::toString).toList();
        assertThat(ids)
                .containsSubsequence(
                        "6-0-27-balancer-open",
                        "6-0-27-config-config-m2-stop",
                        "6-0-27-shard-a-shard-a-m2-stop",
                        "6-0-27-routers-router-1-stop",
                        "6-0-27-balancer-close",
                        "6-0-27-post-flight",
                        "6-0-27-finish");
    }
}
