package io.gds.engine.postgres.patroni;

import io.gds.database.plan.PrimaryTurn;
import io.gds.testbed.Bed;
import io.gds.testbed.BedOptions;
import io.gds.testbed.Edition;
import io.gds.testbed.Invariants;
import io.gds.testbed.PatroniTestbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Patroni 3; clients behind PgBouncer, which is paused during the leader's turn. */
@Tag("slow")
class PatroniPatchTest extends PatchCase {
    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));

    @Test
    void switchesOverThereAndRestartsInPlaceBackWithoutAFailedTransaction() throws Exception {
        Bed bed = TESTBED.bed();
        try (PatroniCase c = PatroniCase.of(bed, PatroniCase.pooler(bed))) {
            thereAndBack(
                    bed,
                    c,
                    PrimaryTurn.SWITCHOVER,
                    PrimaryTurn.RESTART_IN_PLACE,
                    Invariants::of,
                    () -> throughPgBouncer(bed));
        }
    }
}
