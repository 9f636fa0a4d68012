package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.testbed.Bed;
import io.gds.testbed.BedOptions;
import io.gds.testbed.Edition;
import io.gds.testbed.PackageVersion;
import io.gds.testbed.PatroniTestbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rolling patch of a real Patroni cluster over ssh and apt, to the newer minor and back. */
@Tag("slow")
class PatroniPatchTest {
    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));

    @ParameterizedTest
    @EnumSource(PrimaryTurn.class)
    void patchesToTheNewerMinorAndBack(PrimaryTurn turn) {
        Bed bed = TESTBED.bed();
        try (PatroniCase c = PatroniCase.of(bed, password -> "")) {
            for (PackageVersion target : new PackageVersion[] {bed.newMinor(), bed.oldMinor()}) {
                Plan plan = c.plan(PatroniCase.to(target).primaryTurn(turn));
                System.out.println(plan.asRunbook());
                RunOutcome outcome = c.execute(plan, RunListener.printing(System.out));
                assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
            }
        }
    }
}
