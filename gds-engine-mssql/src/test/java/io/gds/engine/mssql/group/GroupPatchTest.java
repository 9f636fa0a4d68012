package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.RunHistory;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.AvailabilityMode;
import io.gds.database.testkit.mssql.ClusterType;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.mssql.ReplicaSettings;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.windows.HostFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Groups of all kinds from plan to end and back, by the real clients over the real protocols. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupPatchTest {
    private static final String PENDING =
            "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending";

    @TempDir
    private Path directory;

    private static String[] databases(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> String.format("db%02d", i))
                .toArray(String[]::new);
    }

    /** Two that commit together and fail over by themselves, one from afar. */
    static AvailabilityGroup three(GroupBed bed) {
        return bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                .replica(bed.server(2).instance, ReplicaSettings.automatic())
                .replica(bed.server(3).instance, ReplicaSettings.asynchronous())
                .databases("db01", "db02"));
    }

    @Test
    void fiveReplicasWithThirtyDatabasesAreDrivenThroughWithOneFailover() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 5)) {
            AvailabilityGroup group =
                    bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                            .replica(bed.server(2).instance, ReplicaSettings.automatic())
                            .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                            .replica(bed.server(4).instance, ReplicaSettings.asynchronous())
                            .replica(bed.server(5).instance, ReplicaSettings.asynchronous())
                            .requiredSynchronizedSecondaries(1)
                            .databases(databases(30)));
            try (GroupRun run = new GroupRun(bed, directory)) {
                Plan plan = run.patcher.plan(run.engine, GroupRun.request());
                assertThat(plan.asRunbook())
                        .contains("failover modes AUTOMATIC become MANUAL", "memberTimeout is PT1M");
                RunOutcome outcome = run.patcher.execute(plan, RunListener.printing(System.err));
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                run.isAsFound();
                assertThat(run.failovers()).hasSize(1);
                assertThat(group.events(GroupEvent.PrimaryLost.class)).isEmpty();
                assertThat(run.longestWait()).isLessThan(Duration.ofSeconds(2));
                assertThat(run.blockedByUs()).isEmpty();
                assertThat(bed.servers())
                        .allSatisfy(s -> assertThat(s.update.started()).isEqualTo(1));
            }
        }
    }

    /** Taken back, builds and roles are as they were: two failovers in all. */
    @Test
    void aPatchIsTakenBackByRemovingIt() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            three(bed);
            String primary = bed.primary();
            try (GroupRun run = new GroupRun(bed, directory)) {
                RunOutcome there = run.run(GroupRun.request(), RunListener.none());
                assertThat(there).isInstanceOf(RunOutcome.Succeeded.class);
                assertThat(bed.primary()).isNotEqualTo(primary);
                isInTheHistory(run, bed, there);
                assertThat(run.back(there)).isInstanceOf(RunOutcome.RolledBack.class);
                run.runs(GroupServer.OLD);
                run.isAsFound();
                assertThat(bed.primary()).isEqualTo(primary);
                assertThat(run.failovers()).hasSize(2);
                assertThat(bed.servers())
                        .allSatisfy(s -> assertThat(s.update.started()).isEqualTo(2));
            }
        }
    }

    /** The plan names the package of the way back by its sum: what lies in its place by then is not run as SYSTEM. */
    @Test
    void aPackageThatWasExchangedMeanwhileIsNotRunOnTheWayBack() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            three(bed);
            try (GroupRun run = new GroupRun(bed, directory)) {
                RunOutcome there = run.run(GroupRun.request(), RunListener.none());
                assertThat(there).isInstanceOf(RunOutcome.Succeeded.class);
                HostFile another =
                        HostFile.text("another").signed(HostFile.Signature.Status.VALID, "O=Microsoft Corporation");
                bed.servers().forEach(s -> s.host.files().put(GroupServer.PACKAGE, another));
                RunOutcome back = run.back(there);
                assertThat(back).isNotInstanceOf(RunOutcome.RolledBack.class);
                assertThat(run.patcher
                                .runs()
                                .find(there.run())
                                .orElseThrow()
                                .events()
                                .toString())
                        .contains("has the SHA-256");
                assertThat(bed.servers())
                        .allSatisfy(s -> assertThat(s.update.started()).isEqualTo(1));
                run.runs(GroupServer.NEW);
                run.isAsFound();
            }
        }
    }

    private static void isInTheHistory(GroupRun run, GroupBed bed, RunOutcome outcome) {
        RunHistory runs = run.patcher.runs();
        assertThat(runs.rows("hotfix_runs", Map.of("run", outcome.run().toString())))
                .hasSize(1);
        assertThat(runs.servers()).hasSize(bed.servers().size());
        assertThat(runs.rows("hotfix_targets")).hasSize(3).allSatisfy(t -> assertThat(t.toString())
                .contains("\"status\":\"success\"", "\"pre_build\":\"" + GroupServer.OLD, "\"family\":\"2022\"")
                .contains("\"post_build\":\"" + GroupServer.NEW, "\"requires_restart\":0", "\"server\":\"127."));
        assertThat(runs.rows("hotfix_steps")).hasSize(3).allSatisfy(s -> assertThat(s.toString())
                .contains("\"exit_code\":0", ".exe", "\"status\":\"success\"", "\"completed\":\"20"));
    }

    /** Two groups with primaries on different servers: the second one goes away for the turn of its server, and comes back. */
    @Test
    void aServerThatLeadsAnotherGroupIsDrainedFirst() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                    .replica(bed.server(2).instance, ReplicaSettings.automatic())
                    .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                    .databases("db01"));
            AvailabilityGroup second =
                    bed.group("ag2", b -> b.replica(bed.server(2).instance, ReplicaSettings.automatic())
                            .replica(bed.server(1).instance, ReplicaSettings.automatic())
                            .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                            .databases("crm"));
            try (GroupRun run = new GroupRun(bed, directory)) {
                RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                run.isAsFound();
                assertThat(second.primary()).contains("SQL02");
                // ag2 to the server that is patched already, and back; ag1 once
                assertThat(run.failovers()).hasSize(3).contains("ag2 to SQL03", "ag2 to SQL02");
            }
        }
    }

    /** Nobody commits together with the primary: for the switchover two do, and then nobody again. */
    @Test
    void aGroupWithoutSynchronousSecondariesIsMadeSoForTheSwitchover() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 2)) {
            AvailabilityGroup group =
                    bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.asynchronous())
                            .replica(bed.server(2).instance, ReplicaSettings.asynchronous())
                            .databases("db01", "db02"));
            try (GroupRun run = new GroupRun(bed, directory)) {
                RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                run.isAsFound();
                assertThat(group.settings().replicas().values())
                        .allSatisfy(r -> assertThat(r.availability()).isEqualTo(AvailabilityMode.ASYNCHRONOUS_COMMIT));
                assertThat(run.failovers()).containsExactly("ag1 to SQL02");
            }
        }
    }

    /** No cluster: the primary steps down, and only then the other one takes over. */
    @Test
    void aGroupForReadingIsSwitchedOverByItsOwnVerbs() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 2)) {
            AvailabilityGroup group = bed.group("ag1", b -> b.clusterType(ClusterType.NONE)
                    .replica(bed.server(1).instance, ReplicaSettings.synchronous())
                    .replica(bed.server(2).instance, ReplicaSettings.synchronous())
                    .databases("db01", "db02"));
            try (GroupRun run = new GroupRun(bed, directory)) {
                RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                assertThat(group.primary()).contains("SQL02");
                assertThat(group.events(GroupEvent.PrimaryDemoted.class)).hasSize(1);
                assertThat(group.lost("db01", table(group))).isEmpty();
                assertThat(bed.unknown()).isEmpty();
            }
        }
    }

    /** The probe's, which nobody else has written to. */
    private static String table(AvailabilityGroup group) {
        List<String> tables = group.tables("db01");
        assertThat(tables).hasSize(1);
        return tables.get(0);
    }

    /** Setup leaves a restart to be done, and the spec allows it: once on each host, and never on the primary's. */
    @Test
    void hostsThatWaitForARestartAreRestarted() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            AvailabilityGroup group = three(bed);
            for (GroupServer s : bed.servers()) {
                s.update.first(SetupBehaviour.restartRequired().in(Duration.ofMillis(200)));
                s.host.restartTakes(Duration.ofMillis(500));
                s.host.whenRestarted(() -> s.host.registry().remove(PENDING)); // Windows clears the sign
            }
            List<Instant> booted =
                    bed.servers().stream().map(s -> s.host.bootedAt()).toList();
            try (GroupRun run = new GroupRun(bed, directory, "restart: restart")) {
                RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                run.isAsFound();
                for (int i = 0; i < 3; i++) {
                    assertThat(bed.servers().get(i).host.bootedAt()).isAfter(booted.get(i));
                }
                assertThat(group.events(GroupEvent.PrimaryLost.class)).isEmpty();
                assertThat(run.failovers()).hasSize(1);
            }
        }
    }

    /** Every secondary is required: while one is away fewer are, and then all again. */
    @Test
    void commitsGoOnWhereEverySecondaryIsRequired() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            AvailabilityGroup group =
                    bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                            .replica(bed.server(2).instance, ReplicaSettings.automatic())
                            .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                            .requiredSynchronizedSecondaries(2)
                            .databases("db01", "db02"));
            try (GroupRun run = new GroupRun(bed, directory)) {
                RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                run.isAsFound();
                assertThat(run.longestWait()).isLessThan(Duration.ofSeconds(2));
                assertThat(run.blockedByUs()).isEmpty();
                assertThat(group.settings().requiredSynchronizedSecondaries()).isEqualTo(2);
            }
        }
    }

    /** One synchronous secondary that is required: without it commits would wait, unless somebody allows it by name. */
    @Test
    void commitsAreLeftToThePrimaryAloneByNameOnly() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 2)) {
            AvailabilityGroup group =
                    bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                            .replica(bed.server(2).instance, ReplicaSettings.automatic())
                            .requiredSynchronizedSecondaries(1)
                            .databases("db01"));
            try (GroupRun run = new GroupRun(bed, directory)) {
                Plan refused = run.patcher.plan(run.engine, GroupRun.request());
                assertThat(refused.findings().toString()).contains("BLOCK MSSQL-COMMITS-WOULD-WAIT", "commit-alone");
                RunOutcome outcome =
                        run.run(GroupRun.request().override("commit-alone", "kim", "planned"), RunListener.none());
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                run.isAsFound();
                assertThat(run.longestWait()).isLessThan(Duration.ofSeconds(2));
                assertThat(group.settings().requiredSynchronizedSecondaries()).isEqualTo(1);
            }
        }
    }

    /** What cannot work in a group beside the main one is told before anything. */
    @Test
    void groupsThatCouldNotGoAlongAreRefused() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 2)) {
            bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                    .replica(bed.server(2).instance, ReplicaSettings.automatic())
                    .databases("db01"));
            bed.group("ag2", b -> b.replica(bed.server(1).instance, ReplicaSettings.asynchronous())
                    .replica(bed.server(2).instance, ReplicaSettings.asynchronous())
                    .databases("crm"));
            bed.group("ag3", b -> b.clusterType(ClusterType.NONE)
                    .replica(bed.server(2).instance, ReplicaSettings.synchronous())
                    .replica(bed.server(1).instance, ReplicaSettings.synchronous())
                    .databases("reports"));
            try (GroupRun run = new GroupRun(bed, directory)) {
                Plan plan = run.patcher.plan(run.engine, GroupRun.request());
                assertThat(plan.findings().toString())
                        .contains("BLOCK MSSQL-SECOND-GROUP ag2: found no secondary commits together")
                        .contains("BLOCK MSSQL-SECOND-GROUP ag3: found it has no cluster")
                        .doesNotContain("MSSQL-ASYNCHRONOUS");
            }
        }
    }

    /** Its own SQL Server is silent, and another node is down: without both the cluster would lose its quorum. */
    @Test
    void aHostIsNotRestartedWhileTheClusterWouldLoseItsQuorum() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            three(bed);
            GroupServer second = bed.server(2);
            GroupServer third = bed.server(3);
            AtomicBoolean isBack = new AtomicBoolean();
            AtomicBoolean wasBack = new AtomicBoolean();
            second.host.restartTakes(Duration.ofSeconds(4));
            second.host.whenRestarted(() -> isBack.set(true));
            third.update.first(SetupBehaviour.restartRequired().in(Duration.ofMillis(200)));
            third.host.restartTakes(Duration.ofMillis(500));
            third.host.whenRestarted(() -> {
                wasBack.set(isBack.get());
                third.host.registry().remove(PENDING);
            });
            try (GroupRun run = new GroupRun(bed, directory, "restart: restart")) {
                RunOutcome outcome =
                        run.run(GroupRun.request(), GroupRun.at(third.address.replace('.', '-') + "-start", () -> {
                            third.service().die();
                            second.host.restart();
                        }));
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                assertThat(wasBack).isTrue();
                run.runs(GroupServer.NEW);
            }
        }
    }

    /** A mark that keeps the run from a server keeps the groups there, too. */
    @Test
    void aServerThatMayNotBeWorkedOnIsNotDrained() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 2)) {
            bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                    .replica(bed.server(2).instance, ReplicaSettings.automatic())
                    .databases("db01"));
            bed.group("ag2", b -> b.replica(bed.server(2).instance, ReplicaSettings.automatic())
                    .replica(bed.server(1).instance, ReplicaSettings.automatic())
                    .databases("crm"));
            try (GroupRun run = new GroupRun(bed, directory)) {
                RunOutcome outcome = run.run(
                        GroupRun.request().memberTimeout(Duration.ofSeconds(4)),
                        GroupRun.at("first-ready", () -> bed.server(2)
                                .host
                                .files()
                                .put("C:\\ProgramData\\gds\\claim", HostFile.text("run-of-another"))));
                assertThat(outcome).isNotInstanceOf(RunOutcome.Succeeded.class);
                assertThat(outcome.summary()).contains("run-of-another");
                assertThat(run.failovers()).isEmpty();
            }
        }
    }
}
