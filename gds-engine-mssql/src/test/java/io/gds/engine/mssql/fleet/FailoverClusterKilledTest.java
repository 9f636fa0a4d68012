package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.KillChain;
import io.gds.database.testkit.mssql.SetupBehaviour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Host programs that are killed while they patch an instance of a failover cluster, one after the other. */
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverClusterKilledTest {
    @TempDir
    private Path directory;

    private static boolean isEffect(String step) {
        return step.contains(":install-") || step.endsWith(":move") || step.contains(":owners");
    }

    private KillChain chain(FailoverBed bed) throws Exception {
        return chain(bed, "run");
    }

    private KillChain chain(FailoverBed bed, String order) throws Exception {
        Path spec = Files.writeString(directory.resolve("fleet.yaml"), bed.spec());
        Path mapping = Files.writeString(directory.resolve("hotfix_mapping.json"), OneServer.MAPPING);
        return new KillChain(
                spec,
                directory.resolve("runs.db"),
                HotfixFaultPatch.class,
                order,
                mapping.toString(),
                System.nanoTime(),
                Duration.ofMillis(800));
    }

    private void isDone(FailoverBed bed, KillChain.End end) {
        assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
        assertThat(bed.nodes()).allSatisfy(n -> assertThat(n.update.started()).isEqualTo(1));
        try (FailoverRun run = new FailoverRun(bed, directory)) {
            assertThat(run.ledger())
                    .containsExactly(
                            "replaced SQLN2 " + FailoverBed.NEW,
                            "move SQLN1 -> SQLN2",
                            "online SQLN2 " + FailoverBed.NEW,
                            "replaced SQLN1 " + FailoverBed.NEW);
            run.isTidy();
        }
    }

    @Test
    void killedBetweenThePassiveNodeAndTheFailoverAnotherOneCarriesOn() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2)) {
            KillChain chain = chain(bed);
            KillChain.End end = chain.atEveryBoundary(FailoverClusterKilledTest::isEffect);
            assertThat(chain.killedAt()).hasSizeGreaterThan(4);
            isDone(bed, end);
        }
    }

    @Test
    void killedInsideSetupsAndTheFailoverNothingIsDoneTwice() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2)) {
            bed.nodes().forEach(n -> n.update.first(SetupBehaviour.good().in(Duration.ofMillis(1500))));
            bed.cluster.movesIn(Duration.ofMillis(1500));
            KillChain chain = chain(bed);
            KillChain.End end = chain.insideEveryStep(FailoverClusterKilledTest::isEffect);
            assertThat(chain.killedAt()).hasSizeGreaterThan(4);
            isDone(bed, end);
        }
    }

    @Test
    void killedOnTheWayBackItIsCarriedBack() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2)) {
            String run;
            try (FailoverRun there = new FailoverRun(bed, directory)) {
                RunOutcome outcome = there.execute(there.plan(FailoverRun.request()));
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run = outcome.run().value();
            }
            KillChain chain = chain(bed, "rollback " + run);
            KillChain.End end = chain.insideEveryStep(FailoverClusterKilledTest::isEffect);
            assertThat(end.status()).as(end.summary()).isEqualTo("ROLLED_BACK");
            assertThat(chain.killedAt()).hasSizeGreaterThan(3);
            try (FailoverRun after = new FailoverRun(bed, directory)) {
                assertThat(after.ledger().subList(4, after.ledger().size()))
                        .containsExactly(
                                "replaced SQLN1 " + FailoverBed.OLD,
                                "move SQLN2 -> SQLN1",
                                "online SQLN1 " + FailoverBed.OLD,
                                "replaced SQLN2 " + FailoverBed.OLD);
                after.isTidy();
            }
        }
    }
}
