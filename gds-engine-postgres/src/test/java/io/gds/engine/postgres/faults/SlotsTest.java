package io.gds.engine.postgres.faults;

import io.gds.database.gate.Approval;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import org.junit.jupiter.api.Test;

/** Followers that hold their log by replication slots. */
class SlotsTest {
    @Test
    void slotsFollowThePrimary() throws Exception {
        try (Bed bed = Bed.start(b -> b.version(Bed.OLD).alsoInstalled(Bed.NEW).slots(true))) {
            ClusterInvariants there = ClusterInvariants.of(bed);
            RunOutcome patched = bed.patch(Patches.to(Bed.NEW), RunListener.none());
            there.patched(patched, Bed.NEW);

            ClusterInvariants back = ClusterInvariants.of(bed);
            back.patched(bed.patch(Patches.to(Bed.OLD), RunListener.none()), Bed.OLD);

            ClusterInvariants found = ClusterInvariants.of(bed);
            RunOutcome again = bed.patch(Patches.to(Bed.NEW), RunListener.none()).orElseThrow();
            found.asFound(bed.patcher().rollback(again.run(), Approval.by("kim").because("test"), RunListener.none()));
        }
    }
}
