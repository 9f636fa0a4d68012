package io.gds.engine.mssql.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.Engines;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.KillChain;
import io.gds.database.testkit.mssql.ClusterType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Groups on Linux without a cluster, which scale reading: by packages, and by the statements of such groups. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxReadScaleTest {
    @TempDir
    private Path directory;

    /** A test of a group of three. */
    @FunctionalInterface
    private interface Play {
        void with(LinuxBed bed, LinuxRun run) throws Exception;
    }

    private void play(Play play) throws Exception {
        try (LinuxBed bed = new LinuxBed(directory, 0, ClusterType.NONE);
                LinuxRun run = new LinuxRun(bed, directory)) {
            play.with(bed, run);
        }
    }

    @Test
    void threeReplicasArePatchedThereAndBack() throws Exception {
        play((bed, run) -> {
            Plan plan = run.patcher.plan(run.engine, LinuxRun.request());
            assertThat(plan.findings()).allMatch(f -> !f.severity().name().equals("BLOCK"));
            assertThat(plan.asRunbook())
                    .contains("mssql-server=" + LinuxServer.NEW + "-3")
                    .doesNotContain("mssql-server-ha");
            RunOutcome there = run.patcher.execute(plan, RunListener.printing(System.err));
            assertThat(there).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(LinuxServer.NEW, "-3");
            run.isAsFound();
            assertThat(bed.group.primary()).isNotEqualTo("sql01");
            assertThat(bed.servers())
                    .allSatisfy(
                            s -> assertThat(s.host.packages().installations()).isEqualTo(1))
                    .allSatisfy(s -> assertThat(s.host.packages().version("mssql-server-ha"))
                            .isEqualTo(LinuxServer.OLD + "-1"));
            assertThat(run.back(there)).isInstanceOf(RunOutcome.RolledBack.class);
            run.runs(LinuxServer.OLD, "-1");
            run.isAsFound();
            assertThat(bed.group.primary()).contains("sql01");
        });
    }

    @Test
    void packagesThatFailOnOneHostAreTakenBackFromTheOthers() throws Exception {
        play((bed, run) -> {
            bed.server(3).host.packages().fails("dpkg: error processing archive");
            RunOutcome outcome = run.run(LinuxRun.request(), RunListener.none());
            assertThat(outcome.status().name()).as(outcome.summary()).isEqualTo("ROLLED_BACK");
            assertThat(bed.server(1).host.packages().installations()).isZero();
            run.runs(LinuxServer.OLD, "-1");
            run.isAsFound();
            assertThat(bed.group.primary()).contains("sql01");
        });
    }

    @Test
    void killedInsideEveryStepOfAMemberTheNextProgramGoesOn() throws Exception {
        play((bed, run) -> {
            KillChain chain = new KillChain(
                    bed.spec(),
                    directory.resolve("killed.db"),
                    LinuxFaultPatch.class,
                    "run",
                    LinuxServer.NEW,
                    System.nanoTime(),
                    Duration.ofMillis(800));
            KillChain.End end = chain.insideEveryStep(s -> s.matches(".*(stop|install|start|switchover).*"));
            assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
            assertThat(chain.killedAt()).hasSizeGreaterThan(5);
            run.runs(LinuxServer.NEW, "-3");
            run.isAsFound();
            assertThat(bed.servers())
                    .allSatisfy(
                            s -> assertThat(s.host.packages().installations()).isEqualTo(1));
        });
    }

    @Test
    void aServerThatSystemdDoesNotRunIsToldBeforeAnything() throws Exception {
        play((bed, run) -> {
            bed.server(2).service().die();
            Plan plan = run.patcher.plan(run.engine, LinuxRun.request());
            assertThat(plan.findings().toString()).contains("BLOCK");
            assertThat(bed.servers())
                    .allSatisfy(
                            s -> assertThat(s.host.packages().installations()).isZero());
        });
    }

    @Test
    void aGroupWithAClusterIsNoneOfThese() throws Exception {
        try (LinuxBed bed = new LinuxBed(directory);
                LinuxRun run = new LinuxRun(bed, directory)) {
            Path spec = bed.spec();
            Files.writeString(
                    spec, Files.readString(spec).replaceFirst("(?s)pacemaker:.*application:", "application:"));
            try (var engine = Engines.open(spec)) {
                Plan plan = run.patcher.plan(engine, LinuxRun.request());
                assertThat(plan.findings().toString())
                        .contains("BLOCK MSSQL-EXTERNAL-CLUSTER ag1", "add pacemaker: {resource: ...}");
            }
        }
    }
}
