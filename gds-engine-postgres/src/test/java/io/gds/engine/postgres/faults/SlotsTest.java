package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.gate.Approval;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.testkit.faults.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Followers that hold their log by replication slots. */
@Tag("slow")
class SlotsTest {
    private static final Approval KIM = Approval.by("kim").because("fault suite");

    @Test
    void slotsFollowThePrimary() throws Exception {
        try (Bed bed = Bed.start(b -> b.version(Bed.OLD).alsoInstalled(Bed.NEW).slots(true))) {
            ClusterInvariants there = ClusterInvariants.of(bed);
            RunOutcome patched = bed.patch(Patches.to(Bed.NEW), RunListener.none());
            there.patched(patched, Bed.NEW);

            ClusterInvariants back = ClusterInvariants.of(bed);
            back.patched(bed.patch(Patches.to(Bed.OLD), RunListener.none()), Bed.OLD);

            ClusterInvariants found = ClusterInvariants.of(bed);
            RunOutcome again =
                    bed.patch(Patches.to(Bed.NEW), RunListener.none()).orElseThrow();
            found.asFound(bed.patcher().rollback(again.run(), KIM, RunListener.none()));
        }
    }

    @Test
    void runStoppedBeforeTheSwitchoverLeavesNoSlots() throws Exception {
        try (Bed bed = Bed.start(b -> b.version(Bed.OLD).alsoInstalled(Bed.NEW).slots(true))) {
            ClusterInvariants found = ClusterInvariants.of(bed);
            Fault cancelled = Fault.at(RunEvent.Type.STEP_VERIFIED, "cascade-open", () -> {
                RunId run = bed.patcher().runs().list(RunStatus.RUNNING).get(0).run();
                bed.patcher().cancel(run, KIM);
            });
            RunOutcome outcome = bed.patch(Patches.to(Bed.NEW), cancelled);
            cancelled.mustHaveHappened();
            assertThat(outcome).isInstanceOf(RunOutcome.Cancelled.class);
            found.asFound(bed.patcher().rollback(outcome.run(), KIM, RunListener.none()));
        }
    }
}
