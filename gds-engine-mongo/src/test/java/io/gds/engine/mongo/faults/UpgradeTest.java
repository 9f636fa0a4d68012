package io.gds.engine.mongo.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.RunOptions;
import io.gds.database.gate.Approval;
import io.gds.database.gate.Gates;
import io.gds.database.plan.Plan;
import io.gds.database.plan.UpgradeRequest;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.samples.mongo.ReplicaSetMember;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Upgrades of real sets, under majority writes. */
@Tag("slow")
class UpgradeTest {
    private static UpgradeRequest to(String version) {
        return UpgradeRequest.to(version).like(MongoBed.to(version)).burnIn(Duration.ZERO);
    }

    private static String compatibility(ReplicaSetMember m) {
        return m.run(new Document("getParameter", 1).append("featureCompatibilityVersion", 1))
                .get("featureCompatibilityVersion", Document.class)
                .getString("version");
    }

    @Test
    void twoHopsInOnePlan() throws Exception {
        try (MongoBed bed = MongoBed.start(b ->
                        b.version("4.4.2").alsoInstalled("5.0.4", "6.0.27").setting("heartbeatIntervalMillis", 500));
                SetInvariants invariants = SetInvariants.of(bed)) {
            Plan plan = bed.plan(to("6.0.27").finishWhen(Gates.elapsed(Duration.ZERO)));
            System.out.println(plan);
            RunOutcome outcome = bed.execute(plan, RunListener.none());
            invariants.patched(outcome, "6.0.27");
            assertThat(bed.set().members())
                    .extracting(UpgradeTest::compatibility)
                    .containsOnly("6.0");
            System.out.println("longest gap " + invariants.load().longestGap());
        }
    }

    @Test
    void backToTheOldProgramsBeforeTheHopIsFinished() throws Exception {
        try (MongoBed bed = MongoBed.start(
                        b -> b.version("5.0.4").alsoInstalled("6.0.5").setting("heartbeatIntervalMillis", 500));
                SetInvariants invariants = SetInvariants.of(bed)) {
            RunOutcome waits = bed.execute(bed.plan(to("6.0.5")), RunListener.none());
            assertThat(waits).as(waits.toString()).isInstanceOf(RunOutcome.Waiting.class);
            assertThat(bed.set().members())
                    .extracting(ReplicaSetMember::runningVersion)
                    .containsOnly("6.0.5");
            assertThat(bed.set().members())
                    .extracting(UpgradeTest::compatibility)
                    .containsOnly("5.0");
            RunOutcome back = bed.patcher()
                    .rollback(
                            waits.run(),
                            Approval.by("kim").because("the application does not like it"),
                            RunListener.none());
            invariants.asFound(back, "GDS-ROLLBACK-REQUESTED");
            assertThat(bed.set().members())
                    .extracting(UpgradeTest::compatibility)
                    .containsOnly("5.0");
        }
    }

    @Test
    void burnInThatIsLeftOpenIsFinishedByTheNextPlan() throws Exception {
        try (MongoBed bed = MongoBed.start(
                        b -> b.version("5.0.4").alsoInstalled("6.0.5").setting("heartbeatIntervalMillis", 500));
                DatabaseEngine engine = bed.open()) {
            bed.set().primary().run(new Document("setFeatureCompatibilityVersion", "4.4"));
            Plan plan = bed.patcher().plan(engine, to("6.0.5").finishWhen(Gates.elapsed(Duration.ZERO)));
            RunOutcome outcome = bed.patcher().execute(plan, RunOptions.none(), RunListener.none());
            assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
            assertThat(bed.set().members())
                    .extracting(UpgradeTest::compatibility)
                    .containsOnly("6.0");
        }
    }

    @Test
    void fiveMembers() throws Exception {
        try (MongoBed bed = MongoBed.start(b -> b.version("5.0.4")
                        .alsoInstalled("6.0.5")
                        .members(5)
                        .setting("heartbeatIntervalMillis", 500)
                        .member("m4", m -> m.append("hidden", true).append("priority", 0))
                        .member("m5", m -> m.append("priority", 0)));
                SetInvariants invariants = SetInvariants.of(bed)) {
            RunOutcome outcome =
                    bed.execute(bed.plan(to("6.0.5").finishWhen(Gates.elapsed(Duration.ZERO))), RunListener.none());
            invariants.patched(outcome, "6.0.5");
            assertThat(bed.set().members())
                    .extracting(UpgradeTest::compatibility)
                    .containsOnly("6.0");
            System.out.println("longest gap of five " + invariants.load().longestGap());
        }
    }

    /** Majority writes wait while the secondary is down, which somebody has allowed by name. */
    @Test
    void arbiter() throws Exception {
        try (MongoBed bed = MongoBed.start(b -> b.version("5.0.4")
                        .alsoInstalled("6.0.5")
                        .setting("heartbeatIntervalMillis", 500)
                        .member("m3", m -> m.append("arbiterOnly", true)));
                SetInvariants invariants = SetInvariants.of(bed)) {
            UpgradeRequest allowed = UpgradeRequest.to("6.0.5")
                    .like(MongoBed.to("6.0.5").override("stall-majority-writes", "kim", "fault suite"))
                    .burnIn(Duration.ZERO)
                    .finishWhen(Gates.elapsed(Duration.ZERO));
            RunOutcome outcome = bed.execute(bed.plan(allowed), RunListener.none());
            invariants.patched(outcome, "6.0.5");
            assertThat(compatibility(bed.set().primary())).isEqualTo("6.0");
            System.out.println(
                    "longest gap with an arbiter " + invariants.load().longestGap());
        }
    }
}
