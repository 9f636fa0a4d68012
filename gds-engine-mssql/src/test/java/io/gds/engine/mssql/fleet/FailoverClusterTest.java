package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.engine.mssql.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An instance of a failover cluster from plan to end, by the real clients over the real protocols. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverClusterTest {
    @TempDir
    private Path directory;

    @Test
    void passiveNodesComeFirstThenOneFailoverThenTheFormerOwner() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            Plan plan = run.plan(FailoverRun.request());
            assertThat(plan.findings()).singleElement().satisfies(f -> assertThat(f.toString())
                    .contains("WARN MSSQL-FAILOVER", "on SQLN1", "SQLN1 (owner), SQLN2", "failed over to SQLN2, once"));
            assertThat(plan.asRunbook())
                    .contains("SQLN1 (owner), SQLN2", "fail 127.31.0.100 over from SQLN1 to SQLN2")
                    .containsSubsequence("on node SQLN2 of", "fail 127.31.0.100 over", "on node SQLN1 of");
            RunOutcome outcome = run.execute(plan);
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(run.ledger())
                    .containsExactly(
                            "replaced SQLN2 " + FailoverBed.NEW,
                            "move SQLN1 -> SQLN2",
                            "online SQLN2 " + FailoverBed.NEW,
                            "replaced SQLN1 " + FailoverBed.NEW);
            assertThat(bed.cluster.owner()).isEqualTo("SQLN2");
            assertThat(run.topology().members().get(0).attributes()).containsEntry("nodes", "SQLN1, SQLN2 (owner)");
            assertThat(bed.instance.version()).isEqualTo(FailoverBed.NEW);
            assertThat(bed.nodes())
                    .allSatisfy(n -> assertThat(n.update.started()).isEqualTo(1));
            assertThat(run.patcher.runs().rows("hotfix_targets", Map.of("server", FailoverBed.INSTANCE)))
                    .singleElement()
                    .satisfies(t -> assertThat(t.toString())
                            .contains("\"status\":\"success\"", "\"pre_build\":\"" + FailoverBed.OLD + "\"")
                            .contains("\"post_build\":\"" + FailoverBed.NEW + "\""));
            assertThat(run.patcher.runs().rows("hotfix_steps")).hasSize(2);
            run.isTidy();
        }
    }

    /** Otherwise its cluster might fail it over to programs that are half replaced, or back to older ones. */
    @Test
    void nodesThatAreChangedMayNotOwnTheInstanceMeanwhile() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 3);
                FailoverRun run = new FailoverRun(bed, directory)) {
            assertThat(run.execute(run.plan(FailoverRun.request()))).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(bed.cluster.ledger())
                    .containsExactly(
                            "owners SQLN1",
                            "replaced SQLN2 " + FailoverBed.NEW,
                            "replaced SQLN3 " + FailoverBed.NEW,
                            "owners SQLN1, SQLN2",
                            "move SQLN1 -> SQLN2",
                            "online SQLN2 " + FailoverBed.NEW,
                            "owners SQLN2, SQLN3",
                            "replaced SQLN1 " + FailoverBed.NEW,
                            "owners SQLN1, SQLN2, SQLN3");
            run.isTidy();
        }
    }

    @Test
    void everyPassiveNodeIsPatchedBeforeTheFailover() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 3);
                FailoverRun run = new FailoverRun(bed, directory)) {
            assertThat(run.execute(run.plan(FailoverRun.request()))).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(run.ledger())
                    .containsExactly(
                            "replaced SQLN2 " + FailoverBed.NEW,
                            "replaced SQLN3 " + FailoverBed.NEW,
                            "move SQLN1 -> SQLN2",
                            "online SQLN2 " + FailoverBed.NEW,
                            "replaced SQLN1 " + FailoverBed.NEW);
            run.isTidy();
        }
    }

    @Test
    void theWayBackMeetsPassiveNodesToo() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            RunOutcome there = run.execute(run.plan(FailoverRun.request()));
            assertThat(there).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(run.back(there)).isInstanceOf(RunOutcome.RolledBack.class);
            List<String> ledger = run.ledger();
            assertThat(ledger.subList(4, ledger.size()))
                    .containsExactly(
                            "replaced SQLN1 " + FailoverBed.OLD,
                            "move SQLN2 -> SQLN1",
                            "online SQLN1 " + FailoverBed.OLD,
                            "replaced SQLN2 " + FailoverBed.OLD);
            assertThat(bed.cluster.ledger())
                    .containsSubsequence(
                            "owners SQLN2",
                            "replaced SQLN1 " + FailoverBed.OLD,
                            "owners SQLN1, SQLN2",
                            "move SQLN2 -> SQLN1",
                            "owners SQLN1",
                            "replaced SQLN2 " + FailoverBed.OLD,
                            "owners SQLN1, SQLN2");
            assertThat(bed.cluster.owner()).isEqualTo("SQLN1");
            assertThat(bed.instance.version()).isEqualTo(FailoverBed.OLD);
            run.isTidy();
        }
    }

    @Test
    void aNodeThatWasLeftBehindIsBroughtUpWithoutAFailover() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, List.of(FailoverBed.NEW, FailoverBed.OLD));
                FailoverRun run = new FailoverRun(bed, directory)) {
            Plan plan = run.plan(FailoverRun.request());
            assertThat(plan.findings()).singleElement().satisfies(f -> assertThat(f.toString())
                    .contains("WARN MSSQL-NODE-BEHIND", "stays where it is"));
            assertThat(run.execute(plan)).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(run.ledger()).containsExactly("replaced SQLN2 " + FailoverBed.NEW);
            run.isTidy();
        }
    }

    @Test
    void everyNodeIsRestartedWhileTheInstanceIsOnAnotherOne() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.nodes()
                    .forEach(
                            n -> n.update.first(SetupBehaviour.restartRequired().in(Duration.ofMillis(200))));
            List<Instant> booted =
                    bed.nodes().stream().map(n -> n.host.bootedAt()).toList();
            RunOutcome outcome = run.execute(run.plan(FailoverRun.request().restart(RestartPolicy.RESTART)));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(bed.nodes().stream().map(n -> n.host.bootedAt()).toList())
                    .noneMatch(booted::contains);
            assertThat(run.ledger()).noneMatch(l -> l.startsWith("lost"));
            assertThat(bed.cluster.moves()).isEqualTo(1);
            run.isTidy();
        }
    }

    @Test
    void aPackageThatIsMissingOnOneNodeEndsThePlanEarly() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory)) {
            bed.node(1).host.files().remove(bed.node(1).update.toString());
            assertThatThrownBy(() -> run.plan(FailoverRun.request()))
                    .hasMessageContaining("MSSQL-PACKAGE-MISSING")
                    .hasMessageContaining(bed.node(1).address + ": D:\\packages");
        }
    }

    @Test
    void anAddressThatIsAnotherNodesIsFoundOut() throws Exception {
        try (FailoverBed bed = new FailoverBed(directory, 2);
                FailoverRun run = new FailoverRun(bed, directory, bed.spec("{sqln1: 127.31.0.2, SQLN2: 127.31.0.2}"))) {
            Plan plan = run.plan(FailoverRun.request());
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.findings()).singleElement().satisfies(f -> assertThat(f.toString())
                    .contains("WARN MSSQL-FAILOVER-CLUSTER", "node SQLN1", "calls itself SQLN2"));
        }
    }
}
