package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gds.database.DatabaseEngine;
import io.gds.database.OperationResult;
import io.gds.database.ProcessAdmin;
import io.gds.database.ReplicationAdmin;
import io.gds.database.core.Engines;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.testkit.SettableClock;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.mssql.SynchronizationState;
import io.gds.database.testkit.windows.HostFile;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.engine.mssql.AvailabilityGroupHealth;
import io.gds.engine.mssql.AvailabilityGroupsHealth;
import io.gds.engine.mssql.GroupNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of groups as a program sees it, and nodes that it drives by itself. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupNodesTest {
    @TempDir
    private Path directory;

    @FunctionalInterface
    private interface Play {
        void with(GroupBed bed, AvailabilityGroup group, GroupRun run, GroupNodes nodes) throws Exception;
    }

    private void play(Play play) throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            AvailabilityGroup group = GroupPatchTest.three(bed);
            try (GroupRun run = new GroupRun(bed, directory)) {
                play.with(bed, group, run, run.engine.facet(GroupNodes.class).orElseThrow());
                assertThat(bed.unknown()).isEmpty();
            }
        }
    }

    @Test
    void healthSaysWhoLeadsAndWhatIsNotInOrder() throws Exception {
        play((bed, group, run, nodes) -> {
            AvailabilityGroupHealth well = nodes.health().get(0);
            assertThat(well.isHealthy()).as("%s", well.trouble()).isTrue();
            assertThat(well.primary()).contains(bed.server(1).address);
            assertThat(well.clusterType()).isEqualTo("WSFC");
            assertThat(well.replicas())
                    .extracting(AvailabilityGroupHealth.Replica::readyForFailover)
                    .containsExactly(false, true, false);
            group.faults().neverCatchesUp("SQL02", "db02", true);
            group.write("db02", 500);
            GroupRun.await(() -> group.synchronization("SQL02", "db02") == SynchronizationState.SYNCHRONIZING);
            AvailabilityGroupHealth ill = nodes.health().get(0);
            assertThat(ill.isHealthy()).isFalse();
            assertThat(run.engine.health()).isInstanceOfSatisfying(AvailabilityGroupsHealth.class, whole -> {
                assertThat(whole.groups()).hasSize(1);
                assertThat(whole.trouble().toString()).contains("db02 is SYNCHRONIZING");
                assertThat(whole.toString()).contains("ag1: primary " + bed.server(1).address + ", not in order");
            });
            assertThat(ill.trouble().toString()).contains("db02 is SYNCHRONIZING", "500 KB to send");
            assertThat(ill.replicas().get(1).databases().get(1).sendQueueKilobytes())
                    .isEqualTo(500);
        });
    }

    @Test
    void aNodeIsSuspendedAndResumedAndThePrimaryNever() throws Exception {
        play((bed, group, run, nodes) -> {
            String second = bed.server(2).address;
            assertThat(nodes.suspend(second).toString()).contains("is suspended");
            assertThat(nodes.suspend(second).toString()).contains("no data move");
            assertThat(group.synchronization("SQL02", "db01")).isEqualTo(SynchronizationState.NOT_SYNCHRONIZING);
            assertThat(group.synchronization("SQL03", "db01")).isEqualTo(SynchronizationState.SYNCHRONIZING);
            // one is away already
            assertThatThrownBy(() -> nodes.suspend(bed.server(3).address)).hasMessageContaining("is suspended");
            nodes.resume(second);
            GroupRun.await(group::isHealthy);
            assertThatThrownBy(() -> nodes.suspend(bed.server(1).address)).hasMessageContaining("it leads [ag1]");
            assertThatThrownBy(() -> nodes.suspend("nobody")).hasMessageContaining("has no instance \"nobody\"");
        });
    }

    @Test
    void aNodeIsPatchedByItself() throws Exception {
        play((bed, group, run, nodes) -> {
            GroupServer third = bed.server(3);
            assertThat(nodes.patch(third.address, GroupServer.NEW).toString()).contains("runs " + GroupServer.NEW);
            assertThat(third.instance.version()).isEqualTo(GroupServer.NEW);
            assertThat(nodes.patch(third.address, GroupServer.NEW).toString()).contains("is installed");
            assertThat(third.update.started()).isEqualTo(1);
            assertThat(third.isClean()).isTrue();
            assertThat(group.isHealthy()).isTrue();
        });
    }

    @Test
    void aNodeWhosePatchFailsGoesBackIntoService() throws Exception {
        play((bed, group, run, nodes) -> {
            GroupServer second = bed.server(2);
            second.update.first(SetupBehaviour.failing(1603, "Fatal error during installation.")
                    .in(Duration.ofMillis(100)));
            assertThatThrownBy(() -> nodes.patch(second.address, GroupServer.NEW))
                    .isInstanceOf(GdsDatabaseException.class)
                    .hasMessageContaining("1603");
            assertThat(group.isHealthy()).isTrue();
            assertThat(second.instance.version()).isEqualTo(GroupServer.OLD);
            assertThat(second.isClean()).isTrue();
        });
    }

    @Test
    void whatWouldRefuseAPlanRefusesANodeAsWell() throws Exception {
        play((bed, group, run, nodes) -> {
            GroupServer third = bed.server(3);
            third.host.files().put(GroupServer.PACKAGE, HostFile.text("another"));
            assertThatThrownBy(() -> nodes.patch(third.address, GroupServer.NEW))
                    .hasMessageContaining("MSSQL-PACKAGE-SIGNATURE")
                    .hasMessageContaining("signature NotSigned by nobody");
            assertThat(third.update.started()).isZero();
            assertThat(third.host.files().exists("C:\\ProgramData\\gds\\claim")).isFalse();
            assertThat(group.isHealthy()).isTrue();
        });
    }

    @Test
    void aHostThatARunWorksOnIsLeftAlone() throws Exception {
        play((bed, group, run, nodes) -> {
            bed.server(3).host.files().put("C:\\ProgramData\\gds\\claim", claim());
            assertThatThrownBy(() -> nodes.patch(bed.server(3).address, GroupServer.NEW))
                    .hasMessageContaining("MSSQL-CLAIMED")
                    .hasMessageContaining("run-of-another");
            assertThat(group.isHealthy()).isTrue();
        });
    }

    @Test
    void twoCallersDoNotInstallOnOneHost() throws Exception {
        play((bed, group, run, nodes) -> {
            GroupServer third = bed.server(3);
            third.update.first(SetupBehaviour.good().in(Duration.ofSeconds(2)));
            CompletableFuture<OperationResult> first =
                    CompletableFuture.supplyAsync(() -> nodes.patch(third.address, GroupServer.NEW));
            GroupRun.await(() -> third.update.started() == 1);
            assertThatThrownBy(() -> nodes.patch(third.address, GroupServer.NEW))
                    .hasMessageContaining("MSSQL-CLAIMED")
                    .hasMessageContaining("run direct-");
            assertThat(first.get().toString()).contains("runs " + GroupServer.NEW);
            assertThat(third.update.started()).isEqualTo(1);
            assertThat(third.isClean()).isTrue();
        });
    }

    @Test
    void aCallThatLeavesARunningSetupKeepsItsMark() throws Exception {
        play((bed, group, run, nodes) -> {
            GroupServer third = bed.server(3);
            third.update.first(SetupBehaviour.hanging());
            SettableClock clock = new SettableClock();
            Engines engines = Engines.load().clock(clock);
            try (DatabaseEngine engine = engines.open(engines.read(bed.spec()))) {
                GroupNodes late = engine.facet(GroupNodes.class).orElseThrow();
                CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(
                        () -> catchThrowable(() -> late.patch(third.address, GroupServer.NEW)));
                GroupRun.await(() -> third.update.started() == 1);
                clock.advance(Duration.ofHours(1));
                assertThat(failure.get())
                        .hasMessageContaining("MSSQL-SETUP-RUNNING")
                        .hasMessageContaining("C:\\ProgramData\\gds\\claim");
            }
            assertThat(third.host.files().text("C:\\ProgramData\\gds\\claim")).startsWith("direct-");
            assertThat(third.host.tasks().all()).hasSize(1);
            assertThatThrownBy(() -> nodes.patch(third.address, GroupServer.NEW))
                    .hasMessageContaining("MSSQL-CLAIMED");
            assertThat(third.update.started()).isEqualTo(1);
        });
    }

    private static HostFile claim() {
        return HostFile.text("run-of-another");
    }

    @Test
    void aMemberWhoseLoginMayNotChangeGroupsIsToldBeforeAnythingBegins() throws Exception {
        play((bed, group, run, nodes) -> {
            bed.server(2).instance.catalogue().withoutRole("gds", "sysadmin").grant("gds", "VSST");
            assertThat(run.patcher.plan(run.engine, GroupRun.request()).findings())
                    .filteredOn(f -> f.id().equals("MSSQL-RIGHTS"))
                    .singleElement()
                    .satisfies(f -> {
                        assertThat(f.subject()).isEqualTo(bed.server(2).address);
                        assertThat(f.observed())
                                .isEqualTo("its login lacks ALTER ANY AVAILABILITY GROUP, ALTER ANY DATABASE");
                        assertThat(f.remedy()).contains("GRANT ALTER ANY AVAILABILITY GROUP TO [gds]");
                    });
            bed.server(2).instance.catalogue().grant("gds", "ALAG").grant("gds", "ALDB");
            assertThat(run.patcher.plan(run.engine, GroupRun.request()).findings())
                    .noneMatch(f -> f.id().equals("MSSQL-RIGHTS"));
        });
    }

    @Test
    void thePrimaryIsFailedOverByName() throws Exception {
        play((bed, group, run, nodes) -> {
            ReplicationAdmin replication =
                    run.engine.facet(ReplicationAdmin.class).orElseThrow();
            assertThatThrownBy(() -> replication.failover(bed.server(3).address))
                    .hasMessageContaining("GDS-FAILOVER-REFUSED");
            assertThat(replication.failover(bed.server(2).address).toString()).contains("failed over from");
            assertThat(group.primary()).contains("SQL02");
            assertThat(replication.failover(bed.server(2).address).toString()).contains("is primary");
            assertThat(replication.replicationStatus()).hasSize(3);
            assertThat(group.events(GroupEvent.FailoverAsked.class)).hasSize(1);
        });
    }

    @Test
    void nobodyIsFailedOverToWhileAReplicaIsSilent() throws Exception {
        play((bed, group, run, nodes) -> {
            ReplicationAdmin replication =
                    run.engine.facet(ReplicationAdmin.class).orElseThrow();
            bed.server(3).service().die();
            assertThatThrownBy(() -> replication.failover(bed.server(2).address))
                    .hasMessageContaining("GDS-FAILOVER-REFUSED")
                    .hasMessageContaining("do not answer");
            bed.server(3).service().start();
            GroupRun.await(group::isHealthy);
            assertThat(replication.failover(bed.server(2).address).toString()).contains("failed over from");
        });
    }

    @Test
    void theTopologyIsWhatEverybodySays() throws Exception {
        play((bed, group, run, nodes) -> {
            Topology t = run.engine.topology();
            assertThat(t.members())
                    .extracting(m -> m.role())
                    .containsExactly(MemberRole.PRIMARY, MemberRole.STANDBY, MemberRole.REPLICA);
            assertThat(t.links()).hasSize(2).allSatisfy(l -> assertThat(l.lag()).isPresent());
            assertThat(run.engine.databases()).extracting(d -> d.name()).contains("db01", "db02");
            assertThat(run.engine.facet(ProcessAdmin.class).orElseThrow().processes())
                    .isNotNull();
            bed.server(1).service().die();
            GroupRun.await(() -> group.primary().filter("SQL02"::equals).isPresent());
            assertThat(run.engine.topology().primary().orElseThrow().name()).isEqualTo(bed.server(2).address);
            assertThat(run.engine
                            .topology()
                            .member(bed.server(1).address)
                            .orElseThrow()
                            .reachable())
                    .isFalse();
            assertThat(List.of(run.engine.metadata().status().name())).containsExactly("DEGRADED");
        });
    }
}
