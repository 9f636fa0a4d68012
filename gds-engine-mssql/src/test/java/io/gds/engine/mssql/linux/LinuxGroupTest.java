package io.gds.engine.mssql.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.ReplicationAdmin;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Groups on Linux below a Pacemaker cluster, there and back, and what goes wrong meanwhile. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxGroupTest {
    @TempDir
    private Path directory;

    /** A test of a group of three. */
    @FunctionalInterface
    private interface Play {
        void with(LinuxBed bed, LinuxRun run) throws Exception;
    }

    private void play(Play play) throws Exception {
        try (LinuxBed bed = new LinuxBed(directory);
                LinuxRun run = new LinuxRun(bed, directory)) {
            play.with(bed, run);
        }
    }

    private static void isPatched(LinuxRun run) {
        run.runs(LinuxServer.NEW, "-3");
        run.isAsFound();
    }

    private static void isOld(LinuxRun run) {
        run.runs(LinuxServer.OLD, "-1");
        run.isAsFound();
    }

    @Test
    void threeReplicasArePatchedThereAndBackWithOneFailoverEach() throws Exception {
        play((bed, run) -> {
            Plan plan = run.patcher.plan(run.engine, LinuxRun.request());
            assertThat(plan.findings()).allMatch(f -> !f.severity().name().equals("BLOCK"));
            assertThat(plan.asRunbook()).contains("mssql-server-ha=" + LinuxServer.NEW + "-3");
            RunOutcome there = run.patcher.execute(plan, RunListener.printing(System.err));
            assertThat(there).isInstanceOf(RunOutcome.Succeeded.class);
            isPatched(run);
            assertThat(run.failovers()).hasSize(1).doesNotContain("sql01");
            assertThat(bed.servers())
                    .allSatisfy(
                            s -> assertThat(s.host.packages().installations()).isEqualTo(1));
            assertThat(bed.server(1).host.packages().version("mssql-tools")).isEqualTo("17.10.1.1-1");
            assertThat(run.back(there)).isInstanceOf(RunOutcome.RolledBack.class);
            isOld(run);
            assertThat(run.failovers()).hasSize(2).endsWith("sql01");
            assertThat(bed.group.primary()).contains("sql01");
        });
    }

    /** 0.11 made {@code resource move} another command. */
    @Test
    void newerPcsIsToldInItsOwnWords() throws Exception {
        play((bed, run) -> {
            bed.cluster().pcs("0.11.8");
            assertThat(run.run(LinuxRun.request(), RunListener.none())).isInstanceOf(RunOutcome.Succeeded.class);
            isPatched(run);
            assertThat(bed.servers().stream().flatMap(s -> s.host.commands().stream()))
                    .anyMatch(c -> c.startsWith("pcs resource move-with-constraint " + LinuxBed.RESOURCE))
                    .noneMatch(c -> c.contains("--master"));
        });
    }

    @Test
    void aPrimaryWhoseHostFallsSilentDuringTheMoveIsPatchedWhenItIsBack() throws Exception {
        play((bed, run) -> {
            bed.cluster().reactsIn(Duration.ofMillis(400));
            Thread fate = new Thread(() -> {
                LinuxRun.await(() -> !bed.cluster().moves().isEmpty());
                bed.silent(1, true);
                LinuxRun.await(() ->
                        bed.group.primary().filter(p -> !p.equals("sql01")).isPresent());
                LinuxRun.await(() -> bed.cluster().moves().isEmpty());
                bed.silent(1, false);
            });
            fate.setDaemon(true);
            fate.start();
            RunOutcome outcome = run.run(LinuxRun.request().memberTimeout(Duration.ofMinutes(2)), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            isPatched(run);
        });
    }

    /** Nobody leads until it ends: the way back begins when it has, and takes the new primary's turn back by another move. */
    @Test
    void aFailoverThatTheClusterDoesNotFinishInTimeIsTakenBack() throws Exception {
        play((bed, run) -> {
            RunOutcome outcome = run.run(
                    LinuxRun.request().memberTimeout(Duration.ofSeconds(6)),
                    RunListener.all(
                            LinuxRun.at("switchover", () -> bed.group.faults().failoverNeverFinishes(true)), event -> {
                                if (event.type() == RunEvent.Type.WAY_BACK_STARTED) {
                                    bed.group.faults().failoverNeverFinishes(false);
                                }
                            }));
            assertThat(outcome.status().name()).as(outcome.summary()).isEqualTo("ROLLED_BACK");
            isOld(run);
        });
    }

    @Test
    void aClusterThatIgnoresTheMoveIsLeftAsItWas() throws Exception {
        play((bed, run) -> {
            bed.cluster().ignoresMoves(true);
            RunOutcome outcome = run.run(LinuxRun.request().memberTimeout(Duration.ofSeconds(5)), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(outcome.summary()).contains("has been told to move");
            assertThat(run.failovers()).isEmpty();
            assertThat(bed.group.primary()).contains("sql01");
            isOld(run);
        });
    }

    @Test
    void aReplicaThatIsNotReadyIsNeverMovedTo() throws Exception {
        play((bed, run) -> {
            List<String> secondaries = List.of("sql02", "sql03");
            RunOutcome outcome = run.run(
                    LinuxRun.request().memberTimeout(Duration.ofSeconds(5)),
                    RunListener.all(
                            LinuxRun.at(
                                    "choose-candidate",
                                    () -> secondaries.forEach(
                                            s -> bed.group.faults().neverCatchesUp(s, true))),
                            event -> {
                                if (event.type() == RunEvent.Type.WAY_BACK_STARTED) {
                                    secondaries.forEach(s -> bed.group.faults().neverCatchesUp(s, false));
                                }
                            }));
            assertThat(outcome).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(run.failovers()).isEmpty();
            assertThat(bed.servers().stream().flatMap(s -> s.host.commands().stream()))
                    .noneMatch(c -> c.contains("resource move"));
            isOld(run);
        });
    }

    @Test
    void packagesThatFailOnOneHostAreTakenBackFromTheOthers() throws Exception {
        play((bed, run) -> {
            bed.server(3).host.packages().fails("dpkg: error processing archive");
            RunOutcome outcome = run.run(LinuxRun.request(), RunListener.none());
            assertThat(outcome.status().name()).as(outcome.summary()).isEqualTo("ROLLED_BACK");
            assertThat(run.failovers()).isEmpty();
            assertThat(bed.server(1).host.packages().installations()).isZero();
            isOld(run);
        });
    }

    @Test
    void aPrimaryWhoseServiceDiesIsReplacedByTheCluster() throws Exception {
        play((bed, run) -> {
            RunOutcome outcome = run.run(LinuxRun.request(), LinuxRun.at("switchover-ready", () -> {
                bed.server(1).service().die();
                LinuxRun.await(() -> bed.group.primary().isPresent());
            }));
            assertThat(outcome.status().name()).as(outcome.summary()).isIn("SUCCEEDED", "ROLLED_BACK");
            if (outcome instanceof RunOutcome.Succeeded) {
                run.runs(LinuxServer.NEW, "-3");
            } else {
                run.runs(LinuxServer.OLD, "-1");
            }
            assertThat(bed.cluster().moves()).isEmpty();
            assertThat(bed.cluster().inStandby()).isEmpty();
            assertThat(bed.cluster().failedActions()).containsExactly("monitor on sql01: not running");
        });
    }

    @Test
    void whatSomebodyElseHasDoneToTheClusterIsToldBeforeAnything() throws Exception {
        play((bed, run) -> {
            bed.cluster().moved("cli-prefer-" + LinuxBed.RESOURCE, "sql01");
            bed.cluster().standby("sql03", true);
            bed.cluster().managed(false);
            Plan plan = run.patcher.plan(run.engine, LinuxRun.request());
            assertThat(plan.findings().toString())
                    .contains("BLOCK MSSQL-CONSTRAINT", "BLOCK MSSQL-STANDBY", "BLOCK MSSQL-RESOURCE");
            assertThatThrownBy(() -> run.patcher.execute(plan, RunListener.none()))
                    .hasMessageContaining("MSSQL-STANDBY");
            assertThat(bed.servers())
                    .allSatisfy(
                            s -> assertThat(s.host.packages().installations()).isZero());
        });
    }

    @Test
    void moreSecondariesThanAreLeftAreTheClustersToAskFor() throws Exception {
        try (LinuxBed bed = new LinuxBed(directory, 2);
                LinuxRun run = new LinuxRun(bed, directory)) {
            Plan plan = run.patcher.plan(run.engine, LinuxRun.request());
            assertThat(plan.findings().toString())
                    .contains("BLOCK MSSQL-REQUIRED-BY-CLUSTER", "required_synchronized_secondaries_to_commit=1");
        }
    }

    @Test
    void aFailoverOfSomebodysOwnGoesByTheClusterAndIsCleared() throws Exception {
        play((bed, run) -> {
            ReplicationAdmin admin = run.engine.facet(ReplicationAdmin.class).orElseThrow();
            admin.failover(bed.server(2).address);
            assertThat(bed.group.primary()).contains("sql02");
            LinuxRun.await(bed.group::isHealthy);
            run.isAsFound();
            bed.cluster().moved("cli-ban-" + LinuxBed.RESOURCE + "-on-sql03", "sql03");
            assertThatThrownBy(() -> admin.failover(bed.server(1).address))
                    .hasMessageContaining("cli-ban-" + LinuxBed.RESOURCE);
            assertThat(bed.cluster().moves()).hasSize(1);
        });
    }
}
