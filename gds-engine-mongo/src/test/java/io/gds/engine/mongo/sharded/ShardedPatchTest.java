package io.gds.engine.mongo.sharded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.RunOptions;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.testkit.faults.HostProcess;
import io.gds.engine.mongo.faults.MongoFaultPatch;
import io.gds.samples.mongo.ReplicaSetMember;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Patches of a sharded cluster: what is refused, and that the balancer is as it was found whatever happens. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShardedPatchTest {
    private static final String OLD = "6.0.5";
    private static final String NEW = "6.0.27";

    private static ShardedBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = ShardedBed.start(OLD, NEW);
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    private static void everybodyRuns(String version) throws IOException {
        assertThat(bed.members()).extracting(ReplicaSetMember::runningVersion).containsOnly(version);
        assertThat(bed.members()).extracting(ReplicaSetMember::installedVersion).containsOnly(version);
        assertThat(List.of(bed.routerVersion(1), bed.routerVersion(2))).containsOnly(version);
    }

    @Test
    @Order(1)
    void aShardThatTheSpecDoesNotNameIsNotLeftBehind() throws Exception {
        try (DatabaseEngine engine = bed.openWithoutTheLastShard()) {
            Plan plan = bed.patcher().plan(engine, new MongoFaultPatch().to(NEW));
            assertThat(plan.findings())
                    .filteredOn(f -> f.severity() == Finding.Severity.BLOCK)
                    .singleElement()
                    .satisfies(f -> {
                        assertThat(f.id()).isEqualTo("MONGO-OTHER-SHARDS");
                        assertThat(f.observed()).contains("[shard-a, shard-b]");
                    });
            everybodyRuns(OLD);
        }
    }

    @Test
    @Order(2)
    void theHostProgramDiesInAShardsTurnAndAnotherOneTakesAllBack() throws Exception {
        try (HostProcess host =
                HostProcess.launch(bed.spec(), bed.journalFile(), MongoFaultPatch.class, NEW, "STEP_VERIFIED")) {
            host.await("READY");
            host.tell("run");
            List<String> at = host.await("STOPPED");
            while (!at.get(2).equals("shard-b-shard-b-m2-stop")) {
                host.tell("on");
                at = host.await("STOPPED");
            }
            host.kill();
        }
        assertThat(bed.balancer()).isEqualTo("off");
        RunId run = bed.patcher().runs().list(RunStatus.RUNNING).get(0).run();
        try (HostProcess next = HostProcess.launch(bed.spec(), bed.journalFile(), MongoFaultPatch.class, NEW, "")) {
            next.await("READY");
            next.tell("rollback " + run);
            assertThat(next.await("OUTCOME")).contains("ROLLED_BACK");
        }
        everybodyRuns(OLD);
        assertThat(bed.balancer()).as("balancer as found").isEqualTo("full");
    }

    @Test
    @Order(3)
    void aBalancerThatWasOffStaysOff() throws Exception {
        bed.balancer("Stop");
        try (DatabaseEngine engine = bed.open()) {
            RunOutcome outcome = bed.patcher()
                    .execute(
                            bed.patcher().plan(engine, new MongoFaultPatch().to(NEW)),
                            RunOptions.none(),
                            RunListener.none());
            assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        }
        everybodyRuns(NEW);
        assertThat(bed.balancer()).as("balancer as found").isEqualTo("off");
    }
}
