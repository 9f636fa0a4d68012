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

/** Patroni 4 and PostgreSQL 17; clients behind PgBouncer. */
@Tag("slow")
class PatroniFourPatchTest extends PatchCase {
    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.TRIXIE));

    @Test
    void patchesToTheNewerMinorAndBackWithoutAFailedTransaction() throws Exception {
        Bed bed = TESTBED.bed();
        try (PatroniCase c = PatroniCase.of(bed, PatroniCase.pooler(bed))) {
            thereAndBack(bed, c, PrimaryTurn.AUTO, PrimaryTurn.AUTO, Invariants::of, () -> throughPgBouncer(bed));
        }
    }
}
