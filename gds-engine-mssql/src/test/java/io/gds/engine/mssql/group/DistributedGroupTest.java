package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.FailoverMode;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.topology.Link;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.engine.mssql.AvailabilityGroupHealth;
import io.gds.engine.mssql.GroupNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The two groups of a distributed one, patched by one plan: the one that gets the log first. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DistributedGroupTest {
    @TempDir
    private Path directory;

    @FunctionalInterface
    interface Play {
        void with(GroupBed bed, Distributed both, GroupRun run) throws Exception;
    }

    private void play(Play play) throws Exception {
        try (GroupBed bed = new GroupBed(directory, 5)) {
            Distributed both = new Distributed(bed);
            try (GroupRun run = new GroupRun(bed, directory)) {
                play.with(bed, both, run);
            }
        }
    }

    @Test
    void theHalfThatGetsTheLogIsPatchedFirstEachWithOneFailover() throws Exception {
        play((bed, both, run) -> {
            Plan plan = run.patcher.plan(run.engine, GroupRun.request());
            assertThat(plan.findings().toString()).doesNotContain("BLOCK");
            RunOutcome outcome = run.patcher.execute(plan, RunListener.printing(System.err));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
            assertThat(both.turns()).containsExactly("SQL05", "SQL04", "SQL03", "SQL02", "SQL01");
            assertThat(run.failovers()).containsExactly("ag1 to SQL02", "ag2 to SQL04");
            assertThat(run.blockedByUs()).isEmpty();
            assertThat(run.longestWait()).isLessThan(Duration.ofSeconds(2));
            assertThat(bed.servers())
                    .allSatisfy(s -> assertThat(s.update.started()).isEqualTo(1));
            both.hasEverything();
        });
    }

    /** Both groups fail over by nobody but the run meanwhile, and the second one is done before the first one is touched. */
    @Test
    void whatIsSetMeanwhileIsSetInBothHalves() throws Exception {
        play((bed, both, run) -> {
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.isAsFound();
            for (var group : List.of(both.first, both.second)) {
                Instant begun = Stream.of(both.first, both.second)
                        .flatMap(g -> g.events(GroupEvent.Suspended.class).stream())
                        .map(GroupEvent::at)
                        .min(Instant::compareTo)
                        .orElseThrow();
                assertThat(group.events(GroupEvent.SettingChanged.class))
                        .filteredOn(s ->
                                s.name().equals("FAILOVER_MODE") && s.after().equals(FailoverMode.MANUAL.name()))
                        .hasSize(2)
                        .allSatisfy(s -> assertThat(s.at()).isBefore(begun));
                assertThat(group.events(GroupEvent.SettingChanged.class))
                        .filteredOn(s -> s.name().equals("AUTOMATED_BACKUP_PREFERENCE"))
                        .hasSize(2);
            }
            Instant changed = both.second.events(GroupEvent.PrimaryChanged.class).stream()
                    .map(GroupEvent::at)
                    .max(Instant::compareTo)
                    .orElseThrow();
            assertThat(both.first.events(GroupEvent.Suspended.class))
                    .isNotEmpty()
                    .allSatisfy(s -> assertThat(s.at()).isAfter(changed));
        });
    }

    /** On the way back the half that takes writes goes first: newer log never meets an older forwarder there either. */
    @Test
    void aPatchOfBothHalvesIsTakenBackInTheOtherOrder() throws Exception {
        play((bed, both, run) -> {
            RunOutcome there = run.run(GroupRun.request(), RunListener.none());
            assertThat(there).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(run.back(there)).isInstanceOf(RunOutcome.RolledBack.class);
            run.runs(GroupServer.OLD);
            run.isAsFound();
            assertThat(both.first.primary()).contains("SQL01");
            assertThat(both.second.primary()).contains("SQL03");
            assertThat(run.failovers()).containsExactly("ag1 to SQL02", "ag1 to SQL01", "ag2 to SQL04", "ag2 to SQL03");
            both.hasEverything();
        });
    }

    @Test
    void theTopologySaysWhoIsGlobalPrimaryAndWhoTheForwarder() throws Exception {
        play((bed, both, run) -> {
            Topology seen = run.engine.topology();
            String global = bed.server(1).address;
            String forwarder = bed.server(3).address;
            assertThat(seen.primary().orElseThrow().name()).isEqualTo(global);
            assertThat(seen.primary().orElseThrow().attributes())
                    .containsEntry("distributed", "global primary")
                    .containsEntry("group", "ag1");
            assertThat(seen.member(forwarder).orElseThrow().attributes())
                    .containsEntry("distributed", "forwarder")
                    .containsEntry("group", "ag2")
                    .containsEntry("leads", "ag2");
            assertThat(seen.member(bed.server(2).address).orElseThrow().role()).isEqualTo(MemberRole.STANDBY);
            assertThat(List.of(3, 4, 5)).allSatisfy(i -> assertThat(
                            seen.member(bed.server(i).address).orElseThrow().role())
                    .isEqualTo(MemberRole.REPLICA));
            Link link = seen.linkTo(forwarder).orElseThrow();
            assertThat(link.upstream()).isEqualTo(global);
            assertThat(link.state()).isEqualTo("SYNCHRONIZING");
            assertThat(link.lag()).isPresent();
            assertThat(seen.linkTo(bed.server(5).address).orElseThrow().upstream())
                    .isEqualTo(forwarder);
        });
    }

    @Test
    void healthShowsTheDistributedGroupWithItsLink() throws Exception {
        play((bed, both, run) -> {
            GroupNodes nodes = run.engine.facet(GroupNodes.class).orElseThrow();
            assertThat(nodes.health()).extracting(AvailabilityGroupHealth::name).containsExactly("ag1", "ag2", "dag");
            AvailabilityGroupHealth well = nodes.health().get(2);
            assertThat(well.isHealthy()).isTrue();
            assertThat(well.clusterType()).isEqualTo(AvailabilityGroupHealth.DISTRIBUTED);
            assertThat(well.primary()).contains(bed.server(1).address);
            assertThat(well.replicas().get(0).role()).contains("PRIMARY");
            AvailabilityGroupHealth.Replica half = well.replicas().get(1);
            assertThat(half.node()).isEqualTo("ag2");
            assertThat(half.role()).contains("SECONDARY");
            assertThat(half.connected()).isTrue();
            assertThat(half.databases())
                    .extracting(AvailabilityGroupHealth.DatabaseState::name)
                    .containsExactly("db01", "db02");
            assertThat(half.databases().get(0).synchronization()).isEqualTo("SYNCHRONIZING");
            both.dag.breaks(true);
            AvailabilityGroupHealth ill = nodes.health().get(2);
            assertThat(ill.isHealthy()).isFalse();
            assertThat(ill.trouble().toString()).contains("the link of dag to ag2 is not connected");
            assertThat(ill.replicas().get(1).connected()).isFalse();
        });
    }

    /** Which half takes writes is found out, and the application's database is found there. */
    @Test
    void theOrderInWhichASpecNamesTheHalvesDoesNotMatter() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 5)) {
            Distributed both = new Distributed(bed);
            bed.names(
                    List.of("ag2", "ag1"),
                    Stream.of(3, 4, 5, 1, 2).map(bed::server).toList());
            try (GroupRun run = new GroupRun(bed, directory)) {
                assertThat(run.engine.topology().primary().orElseThrow().name()).isEqualTo(bed.server(1).address);
                RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                run.isAsFound();
                assertThat(both.turns()).containsExactly("SQL05", "SQL04", "SQL03", "SQL02", "SQL01");
                both.hasEverything();
            }
        }
    }
}
