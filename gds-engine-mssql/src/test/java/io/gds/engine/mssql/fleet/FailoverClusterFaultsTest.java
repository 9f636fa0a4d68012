package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.ClusterNodeState;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.windows.HostEvent;
import io.gds.database.testkit.windows.HostFile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may go wrong with an instance of a failover cluster: whatever it is, its owner is not touched before the instance has left it. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverClusterFaultsTest {
    private static final SetupBehaviour FAILS =
            SetupBehaviour.failing(1603, "Fatal error during installation.").in(Duration.ofMillis(200));

    @TempDir
    private Path directory;

    /** It goes on where it was, with the build that it had, and its node is as it was. */
    private static void isUntouched(FailoverBed bed) {
        assertThat(bed.cluster.owner()).isEqualTo("SQLN1");
        assertThat(bed.instance.version()).isEqualTo(FailoverBed.OLD);
        assertThat(bed.instance.server().isAccepting()).isTrue();
        assertThat(bed.node(1).update.started()).isZero();
        assertThat(bed.node(1).installed.patchLevel()).isEqualTo(FailoverBed.OLD);
    }

    /** Does something when a node's setup begins. */
    private static void whenSetUp(FailoverBed.Node node, Runnable work) {
        node.host.events().once(HostEvent.Kind.PROCESS_STARTED, "setup.exe", work);
    }

    @Test
    void setupThatFailsOnAPassiveNodeLeavesTheOwnerAlone() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 3);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.node(3).update.first(FAILS);
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request()));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("MSSQL-SETUP-FAILED", "127.31.0.3");
            assertThat(run.targets()).contains("\"status\":\"failed\"", "Fatal error during installation");
            assertThat(bed.cluster.moves()).isZero();
            isUntouched(bed);
            run.isTidy();
        }
    }

    @Test
    void whatOnePassiveNodeHasIsRemovedWhenAnotherOneFails() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 3);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.node(3).update.first(FAILS);
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request().removeOnFailure()));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.ledger())
                    .containsExactly("replaced SQLN2 " + FailoverBed.NEW, "replaced SQLN2 " + FailoverBed.OLD);
            isUntouched(bed);
            run.isTidy();
        }
    }

    @Test
    void aNodeThatIsPausedMeanwhileIsNotMovedTo() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            whenSetUp(bed.node(2), () -> bed.cluster.state("SQLN2", ClusterNodeState.PAUSED));
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request()));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("MSSQL-NODE-TAKES-NOTHING", "it is paused", "Resume-ClusterNode");
            assertThat(bed.cluster.moves()).isZero();
            isUntouched(bed);
            run.isTidy();
        }
    }

    @Test
    void aNodeThatIsNoPossibleOwnerAnyMoreIsNotMovedTo() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            Plan plan = run.plan(FailoverRun.request());
            bed.cluster.impossible("SQLN2");
            RunOutcome outcome = run.execute(plan);
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("MSSQL-NODE-TAKES-NOTHING", "none of the possible owners");
            assertThat(bed.cluster.moves()).isZero();
            isUntouched(bed);
            run.isTidy();
        }
    }

    @Test
    void aMoveThatTheClusterRefusesLeavesTheInstanceWhereItIs() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.cluster.refuseNextMove("The group is locked");
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request()));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("MSSQL-MOVE-REFUSED", "The group is locked");
            assertThat(bed.cluster.moves()).isZero();
            isUntouched(bed);
            run.isTidy();
        }
    }

    @Test
    void anInstanceThatFallsBackGoesOnThereWithTheOldBuild() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.node(2).host.faults().doesNotStart(bed.node(2).installed.service(), true);
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request()));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("MSSQL-MOVE-FELL-BACK", "came up on SQLN1 again");
            assertThat(bed.cluster.moves()).isEqualTo(1);
            isUntouched(bed);
            run.isTidy();
        }
    }

    @Test
    void anInstanceThatComesUpOnAThirdNodeEndsTheWorkBeforeItsFormerOwner() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 3);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.cluster.nextMoveEndsOn("SQLN3");
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request()));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("MSSQL-MOVED-ELSEWHERE", "Online on SQLN3");
            assertThat(bed.node(1).update.started()).isZero();
            // The next plan finds what is left to do: the node that it left.
            assertThat(run.execute(run.plan(FailoverRun.request()))).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(bed.node(1).installed.patchLevel()).isEqualTo(FailoverBed.NEW);
            assertThat(bed.cluster.moves()).isEqualTo(1);
            assertThat(bed.cluster.owner()).isEqualTo("SQLN3");
            run.isTidy();
        }
    }

    @Test
    void aNodeThatOwnsTheInstanceByNowIsNotSetUp() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            Plan plan = run.plan(FailoverRun.request());
            bed.cluster.moveByHand("SQLN2");
            RunOutcome outcome = run.execute(plan);
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("MSSQL-NODE-OWNS", "it owns 127.31.0.100");
            assertThat(bed.nodes())
                    .allSatisfy(n -> assertThat(n.update.started()).isZero());
            assertThat(bed.cluster.owner()).isEqualTo("SQLN2");
            run.isTidy();
        }
    }

    /** Its cluster may start it on its own node alone: every other one is being changed, or has programs of another build. */
    @Test
    void aServiceThatDiesWhileOtherNodesAreChangedComesUpWhereItWas() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 3);
                FailoverRun run = new FailoverRun(bed, directory)) {
            whenSetUp(
                    bed.node(3),
                    () -> bed.node(1).host.services().find("MSSQLSERVER").die());
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request()));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(run.ledger())
                    .containsSubsequence("lost SQLN1", "online SQLN1 " + FailoverBed.OLD, "move SQLN1 -> SQLN2");
            assertThat(bed.cluster.moves()).isEqualTo(1);
            assertThat(bed.instance.version()).isEqualTo(FailoverBed.NEW);
            run.isTidy();
        }
    }

    @Test
    void aNodeThatGoesDownMeanwhileIsNotMovedTo() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            whenSetUp(bed.node(2), () -> bed.cluster.state("SQLN2", ClusterNodeState.DOWN));
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request().stepTimeout(Duration.ofSeconds(5))));
            assertThat(outcome).isNotInstanceOf(RunOutcome.Succeeded.class);
            assertThat(run.history(outcome)).contains("GDS-STEP-TIMEOUT", "node SQLN2 is Down");
            assertThat(bed.cluster.moves()).isZero();
            isUntouched(bed);
            run.isTidy();
        }
    }

    @Test
    void aMarkOfAnotherRunOnOneNodeKeepsThePlanFromAllOfThem() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            Plan plan = run.plan(FailoverRun.request().stepTimeout(Duration.ofSeconds(3)));
            bed.node(1).host.files().put("C:\\ProgramData\\gds\\claim", HostFile.text("another-run"));
            RunOutcome outcome = run.execute(plan);
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("another-run has its mark there");
            assertThat(bed.nodes())
                    .allSatisfy(n -> assertThat(n.update.started()).isZero());
            assertThat(bed.cluster.ledger()).isEmpty();
            assertThat(bed.node(2).host.files().exists("C:\\ProgramData\\gds\\claim"))
                    .isFalse();
        }
    }

    @Test
    void aNodeThatIsDownLeavesTheInstanceOut() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.cluster.state("SQLN2", ClusterNodeState.DOWN);
            Plan plan = run.plan(FailoverRun.request());
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.findings()).singleElement().satisfies(f -> assertThat(f.toString())
                    .contains("WARN MSSQL-FAILOVER-CLUSTER", "on SQLN1 now", "node SQLN2 is down"));
        }
    }

    @Test
    void setupThatFailsOnTheFormerOwnerIsTakenBackWithTheFailover() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.node(1).update.first(FAILS);
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request().removeOnFailure()));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.ledger())
                    .containsExactly(
                            "replaced SQLN2 " + FailoverBed.NEW,
                            "move SQLN1 -> SQLN2",
                            "online SQLN2 " + FailoverBed.NEW,
                            "move SQLN2 -> SQLN1",
                            "online SQLN1 " + FailoverBed.OLD,
                            "replaced SQLN2 " + FailoverBed.OLD);
            run.isTidy();
        }
    }

    @Test
    void setupThatFailsOnTheFormerOwnerLeavesTheInstanceOnThePatchedNode() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.node(1).update.first(FAILS);
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request()));
            assertThat(outcome).isInstanceOf(RunOutcome.Partial.class);
            assertThat(run.history(outcome)).contains("MSSQL-SETUP-FAILED", "127.31.0.1");
            assertThat(bed.cluster.owner()).isEqualTo("SQLN2");
            assertThat(bed.instance.version()).isEqualTo(FailoverBed.NEW);
            run.isTidy();
        }
    }
}
