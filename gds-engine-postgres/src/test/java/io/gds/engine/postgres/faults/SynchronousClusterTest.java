package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clusters whose commits wait for standbys. */
@Tag("slow")
class SynchronousClusterTest {
    @Test
    void synchronousNamesFollowThePrimary() throws Exception {
        try (Bed bed =
                Bed.start(b -> b.version(Bed.OLD).alsoInstalled(Bed.NEW).synchronousStandbyNames("ANY 1 (n2, n3)"))) {
            ClusterInvariants there = ClusterInvariants.of(bed);
            there.patched(bed.patch(Patches.to(Bed.NEW), RunListener.none()), Bed.NEW);
            assertThat(bed.cluster().primary().name()).isNotEqualTo("n1");

            ClusterInvariants back = ClusterInvariants.of(bed);
            back.patched(bed.patch(Patches.to(Bed.OLD), RunListener.none()), Bed.OLD);
        }
    }

    @Test
    void lastSynchronousStandbyIsOnlyPatchedWhenAllowedByName() throws Exception {
        try (Bed bed = Bed.start(
                b -> b.version(Bed.OLD).alsoInstalled(Bed.NEW).members(2).synchronousStandbyNames("ANY 1 (n2)"))) {
            ClusterInvariants refused = ClusterInvariants.of(bed);
            assertThatThrownBy(() -> bed.patch(Patches.to(Bed.NEW), RunListener.none()))
                    .isInstanceOf(GdsDatabaseException.class)
                    .hasMessageContaining("PG-LAST-SYNC n2")
                    .hasMessageContaining("relax-synchronous-standbys");
            refused.untouched();

            ClusterInvariants allowed = ClusterInvariants.of(bed);
            RunOutcome outcome = bed.patch(
                    Patches.to(Bed.NEW).override("relax-synchronous-standbys", "kim", "a test cluster"),
                    RunListener.none());
            allowed.patched(outcome, Bed.NEW);
            assertThat(bed.cluster().primary().name()).isEqualTo("n2");
        }
    }
}
