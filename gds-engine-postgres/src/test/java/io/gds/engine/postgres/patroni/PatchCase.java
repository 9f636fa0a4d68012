package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.Reports;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.Invariants;
import io.gds.testbed.PackageVersion;
import io.gds.testbed.WriteLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A rolling patch of a real Patroni cluster over ssh and apt, to the newer minor and back, under write loads. */
abstract class PatchCase {
    /** Clients of which none may fail, and nothing ever tries again for them. */
    static final int CLIENTS = 8;

    /** Between two transactions of a client; with none the clients, not the patch, would be what keeps a small machine busy. */
    static final Duration PACING = Duration.ofMillis(40);

    /**
     * Patches there and back.
     *
     * @param there how the leader's turn goes on the way there
     * @param back how it goes on the way back
     * @param invariants what must be as before after each of the two
     * @param held the load that is held back during the leader's turn, of which no transaction may fail
     */
    static void thereAndBack(
            Bed bed,
            PatroniCase c,
            PrimaryTurn there,
            PrimaryTurn back,
            Function<Bed, Invariants> invariants,
            Supplier<WriteLoad> held)
            throws Exception {
        bed.reset(); // another suite may have left it on the newer minor
        Invariants before = invariants.apply(bed);
        for (PackageVersion target : List.of(bed.newMinor(), bed.oldMinor())) {
            PrimaryTurn turn = target.equals(bed.newMinor()) ? there : back;
            for (BedNode n : bed.members()) {
                assertThat(bed.sql().runningVersion(n)).isNotEqualTo(target.upstream());
            }
            Plan plan = c.plan(PatroniCase.to(target).primaryTurn(turn));
            try (WriteLoad load = held.get();
                    WriteLoad direct = WriteLoad.through(bed, bed.sql().directUrl(), 2, Duration.ofMillis(50));
                    WriteLoad haproxy = WriteLoad.through(bed, bed.sql().haproxyUrl(), 2, Duration.ofMillis(50))) {
                List<WriteLoad> all = List.of(load, direct, haproxy);
                all.forEach(l -> l.awaitCommits(50, Duration.ofSeconds(30)));
                RunOutcome outcome = c.execute(plan, RunListener.printing(System.out));
                Path report = Path.of("target", "patch-" + target.upstream() + "-" + turn + ".html");
                Reports.writeHtml(
                        c.patcher().runs().find(outcome.run()).orElseThrow().record(), report);
                assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
                all.forEach(l -> l.awaitCommits(50, Duration.ofSeconds(30)));
                System.out.println("held " + load.stop().assertNoneFailed());
                System.out.println("direct " + direct.stop().assertNothingLost());
                System.out.println("haproxy " + haproxy.stop().assertNothingLost());
            }
            for (BedNode n : bed.members()) {
                assertThat(bed.sql().runningVersion(n)).startsWith(target.upstream());
            }
            before.assertKept();
        }
    }

    static WriteLoad throughPgBouncer(Bed bed) {
        return WriteLoad.through(bed, bed.sql().pgbouncerUrl(), CLIENTS, PACING);
    }
}
