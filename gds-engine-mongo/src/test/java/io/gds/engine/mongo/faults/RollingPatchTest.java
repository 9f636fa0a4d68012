package io.gds.engine.mongo.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.RunOptions;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.Fault;
import io.gds.samples.mongo.ReplicaSetMember;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A patch of real sets, there and back, under majority writes. */
@Tag("slow")
class RollingPatchTest {
    @Test
    void threeMembers() throws Exception {
        try (MongoBed bed = MongoBed.start(b -> b)) {
            thereAndBack(bed);
        }
    }

    @Test
    void fiveMembersOneOfThemHiddenAndOneThatNeverLeads() throws Exception {
        try (MongoBed bed = MongoBed.start(b -> b.members(5)
                .setting("heartbeatIntervalMillis", 500)
                .member("m4", m -> m.append("hidden", true).append("priority", 0))
                .member("m5", m -> m.append("priority", 0)))) {
            thereAndBack(bed);
        }
    }

    /** A primary, a secondary and an arbiter: majority writes wait while the secondary is down, so somebody must allow it. */
    @Test
    void arbiter() throws Exception {
        try (MongoBed bed = MongoBed.start(
                b -> b.setting("heartbeatIntervalMillis", 500).member("m3", m -> m.append("arbiterOnly", true)))) {
            Plan refused = bed.plan(MongoBed.to(MongoBed.NEW));
            assertThat(refused.findings()).extracting(Finding::id).contains("MONGO-MAJORITY-WRITES");
            assertThatThrownBy(() -> bed.execute(refused, RunListener.none()))
                    .hasMessageContaining("MONGO-MAJORITY-WRITES");
            try (SetInvariants invariants = SetInvariants.of(bed)) {
                RunOutcome outcome = bed.patch(
                        MongoBed.to(MongoBed.NEW).override("stall-majority-writes", "kim", "fault suite"),
                        RunListener.none());
                invariants.patched(outcome, MongoBed.NEW);
            }
        }
    }

    /** Nobody else may ever lead: it is restarted where it is, and everybody waits for as long, which somebody allows. */
    @Test
    void primaryThatNobodyCanReplaceIsRestartedWhereItIs() throws Exception {
        try (MongoBed bed = oneThatLeads()) {
            Plan plan = bed.plan(MongoBed.to(MongoBed.NEW));
            assertThat(plan.findings()).extracting(Finding::id).contains("MONGO-NOBODY-TAKES-OVER");
            assertThatThrownBy(() -> bed.execute(plan, RunListener.none()))
                    .hasMessageContaining("MONGO-NOBODY-TAKES-OVER");
            try (SetInvariants invariants = SetInvariants.of(bed)) {
                invariants.patched(patchedInPlace(bed, RunListener.none()), MongoBed.NEW);
            }
            assertThat(bed.set().primary().name()).isEqualTo("m1");
        }
    }

    /** Nobody leads by then, and the way back is what brings a primary again. */
    @Test
    void primaryThatDoesNotStartWhereItIsComesBackOnItsFormerVersion() throws Exception {
        try (MongoBed bed = oneThatLeads();
                SetInvariants invariants = SetInvariants.of(bed)) {
            Fault broken = Fault.at(RunEvent.Type.STEP_VERIFIED, "m1-install", () -> bed.set()
                    .member("m1")
                    .install(bed.broken()));
            RunOutcome outcome = patchedInPlace(bed, broken);
            broken.mustHaveHappened();
            invariants.asFound(outcome, "GDS-STEP-FAILED");
            assertThat(bed.set().primary().name()).isEqualTo("m1");
        }
    }

    /** Members that nobody but m1 may lead. */
    private static MongoBed oneThatLeads() throws Exception {
        return MongoBed.start(b -> b.setting("heartbeatIntervalMillis", 500)
                .member("m2", m -> m.append("priority", 0))
                .member("m3", m -> m.append("priority", 0)));
    }

    private static RunOutcome patchedInPlace(MongoBed bed, RunListener listener) {
        RunOptions allowed = RunOptions.none()
                .acknowledge("MONGO-NOBODY-TAKES-OVER", Approval.by("kim").because("fault suite"));
        return bed.patcher().execute(bed.plan(MongoBed.to(MongoBed.NEW)), allowed, listener);
    }

    private static void thereAndBack(MongoBed bed) throws Exception {
        for (String version : new String[] {MongoBed.NEW, MongoBed.OLD}) {
            Plan plan = bed.plan(MongoBed.to(version));
            System.out.println(plan);
            try (MajorityLoad load = MajorityLoad.start(bed.set())) {
                RunOutcome outcome = bed.patch(MongoBed.to(version), RollingPatchTest::show);
                assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
                assertThat(load.wrong()).isEmpty();
                assertThat(load.failures()).isEmpty();
                System.out.println("longest gap " + load.longestGap() + " in " + load.count() + " writes");
            }
            assertThat(bed.set().members())
                    .extracting(ReplicaSetMember::runningVersion)
                    .containsOnly(version);
        }
    }

    private static void show(RunEvent e) {
        System.out.println(e);
    }
}
