package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.BedOptions;
import io.gds.testbed.Edition;
import io.gds.testbed.Invariants;
import io.gds.testbed.PackageVersion;
import io.gds.testbed.PatroniTestbed;
import io.gds.testbed.WriteLoad;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rolling patch of a real Patroni cluster over ssh and apt, to the newer minor and back, under a write load. */
@Tag("slow")
class PatroniPatchTest {
    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));

    @ParameterizedTest
    @EnumSource(PrimaryTurn.class)
    void patchesToTheNewerMinorAndBackWithoutAFailedTransaction(PrimaryTurn turn) throws Exception {
        Bed bed = TESTBED.bed();
        Invariants before = Invariants.of(bed);
        try (PatroniCase c = PatroniCase.of(bed, PatroniCase.pooler(bed))) {
            for (PackageVersion target : List.of(bed.newMinor(), bed.oldMinor())) {
                Plan plan = c.plan(PatroniCase.to(target).primaryTurn(turn));
                try (WriteLoad load = WriteLoad.through(bed, bed.sql().pgbouncerUrl(), 8, Duration.ofMillis(5))) {
                    load.awaitCommits(100, Duration.ofSeconds(30));
                    RunOutcome outcome = c.execute(plan, RunListener.printing(System.out));
                    assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
                    load.awaitCommits(100, Duration.ofSeconds(30));
                    System.out.println(load.stop().assertNoneFailed());
                }
                for (BedNode n : bed.members()) {
                    assertThat(bed.sql().runningVersion(n)).startsWith(target.upstream());
                }
                before.assertKept();
            }
        }
    }
}
