package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.gate.Approval;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.GroupSettings;
import io.gds.database.testkit.mssql.ReplicaRole;
import io.gds.database.testkit.mssql.ReplicaSettings;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.mssql.SuspendReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a group while it is patched, each with its one expected end. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupFaultsTest {
    /** No permission; nothing that passes by itself. */
    private static final int NOT_ALLOWED = 15151;

    @TempDir
    private Path directory;

    /** A test of a group of three. */
    @FunctionalInterface
    private interface Play {
        void with(GroupBed bed, AvailabilityGroup group, GroupRun run) throws Exception;
    }

    private void play(Play play) throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            AvailabilityGroup group = GroupPatchTest.three(bed);
            try (GroupRun run = new GroupRun(bed, directory)) {
                play.with(bed, group, run);
            }
        }
    }

    @Test
    void setupThatFailsOnOneServerIsTakenBackFromTheOthers() throws Exception {
        play((bed, group, run) -> {
            bed.server(2)
                    .update
                    .first(SetupBehaviour.failing(1603, "Fatal error during installation.")
                            .in(Duration.ofMillis(200)));
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(outcome.summary()).contains("1603");
            run.runs(GroupServer.OLD);
            run.isAsFound();
            assertThat(run.failovers()).isEmpty();
            assertThat(bed.server(1).update.started()).isZero();
            assertThat(bed.server(2).update.started()).isEqualTo(1);
        });
    }

    @Test
    void aReplicaThatNeverCatchesUpIsNeverFailedOverTo() throws Exception {
        play((bed, group, run) -> {
            RunOutcome outcome = run.run(
                    GroupRun.request().memberTimeout(Duration.ofSeconds(8)),
                    RunListener.all(
                            GroupRun.at(bed.server(2).address.replace('.', '-') + "-install", () -> group.faults()
                                    .neverCatchesUp("SQL02", true)),
                            event -> {
                                if (event.type() == RunEvent.Type.WAY_BACK_STARTED) {
                                    group.faults().neverCatchesUp("SQL02", false);
                                }
                            }));
            assertThat(outcome).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(run.failovers()).isEmpty();
            run.runs(GroupServer.OLD);
            run.isAsFound();
        });
    }

    @Test
    void aFailoverThatIsRefusedIsAskedForAgain() throws Exception {
        play((bed, group, run) -> {
            RunOutcome outcome = run.run(GroupRun.request(), GroupRun.at("switchover", () -> group.faults()
                    .refuses("SQL02", 41142, 3)));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
        });
    }

    @Test
    void somebodyElsesFailoverToAPatchedReplicaIsTakenAsTheSwitchover() throws Exception {
        play((bed, group, run) -> {
            RunOutcome outcome = run.run(GroupRun.request(), GroupRun.at("switchover-ready", () -> {
                group.faults().somebodyFailsOver("SQL02", Duration.ofMillis(1));
                GroupRun.await(() -> group.role("SQL02") == ReplicaRole.PRIMARY);
            }));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
            assertThat(run.failovers()).isEmpty();
            assertThat(group.primary()).contains("SQL02");
        });
    }

    @Test
    void aPrimaryWhoseServiceDiesIsStartedAgain() throws Exception {
        play((bed, group, run) -> {
            RunOutcome outcome = run.run(GroupRun.request(), GroupRun.at("switchover-ready", () -> bed.server(1)
                    .service()
                    .die()));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
        });
    }

    @Test
    void aSecondaryWhoseServiceDiesDuringItsTurnIsStartedAgain() throws Exception {
        play((bed, group, run) -> {
            String start = bed.server(2).address.replace('.', '-') + "-start";
            RunOutcome outcome = run.run(
                    GroupRun.request(),
                    GroupRun.at(start, () -> bed.server(2).service().die()));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
        });
    }

    @Test
    void aHostThatRestartsWhileItsSetupRunsTakesThePatchBack() throws Exception {
        play((bed, group, run) -> {
            GroupServer server = bed.server(3);
            server.host.restartTakes(Duration.ofMillis(500));
            server.update.first(SetupBehaviour.good().in(Duration.ofSeconds(5)));
            Thread restarter = new Thread(() -> {
                GroupRun.await(() -> server.update.started() == 1);
                server.host.restart();
            });
            restarter.setDaemon(true);
            restarter.start();
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            // setup broke off and left no exit code: nobody guesses, and what was done is taken back
            assertThat(outcome).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(outcome.summary()).contains("broke off");
            run.runs(GroupServer.OLD);
            run.isAsFound();
        });
    }

    @Test
    void connectionsThatAreCutHurtNobody() throws Exception {
        play((bed, group, run) -> {
            RunOutcome outcome = run.run(GroupRun.request(), event -> {
                if (event.seq() % 4 == 0) {
                    bed.servers().forEach(s -> s.winRm.cutAll());
                    bed.servers().forEach(s -> s.instance.server().cutAll());
                }
            });
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
            assertThat(bed.servers())
                    .allSatisfy(s -> assertThat(s.update.started()).isEqualTo(1));
        });
    }

    @Test
    void aFormerPrimaryThatIsSuspendedIsResumedAfterItsTurn() throws Exception {
        play((bed, group, run) -> {
            group.faults().newerPrimarySuspendsOlder(true).oldPrimaryIsSuspended(SuspendReason.PARTNER);
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
        });
    }

    @Test
    void aReplicaThatFallsBehindBeforeTheFailoverIsWaitedFor() throws Exception {
        play((bed, group, run) -> {
            RunOutcome outcome = run.run(
                    GroupRun.request().memberTimeout(Duration.ofSeconds(30)), GroupRun.at("choose-candidate", () -> {
                        group.faults().neverCatchesUp("SQL02", true);
                        Thread healer = new Thread(() -> {
                            GroupRun.await(() -> !group.isReady("SQL02"));
                            group.faults().neverCatchesUp("SQL02", false);
                        });
                        healer.setDaemon(true);
                        healer.start();
                    }));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
        });
    }

    @Test
    void aDatabaseThatSomebodySuspendedIsToldBeforeAnything() throws Exception {
        play((bed, group, run) -> {
            group.faults().suspend("SQL03", "db02", SuspendReason.USER);
            Plan plan = run.patcher.plan(run.engine, GroupRun.request());
            assertThat(plan.findings().toString())
                    .contains("BLOCK MSSQL-REPLICA", "db02 is suspended (SUSPEND_FROM_USER)");
            assertThatThrownBy(() -> run.patcher.execute(plan, RunListener.none()))
                    .hasMessageContaining("MSSQL-REPLICA");
            assertThat(bed.servers())
                    .allSatisfy(s -> assertThat(s.update.started()).isZero());
        });
    }

    @Test
    void aClusterWithoutItsQuorumIsLeftAlone() throws Exception {
        play((bed, group, run) -> {
            group.faults().quorum(false);
            assertThatThrownBy(() -> run.patcher.plan(run.engine, GroupRun.request()))
                    .hasMessageContaining("GDS-NO-PRIMARY");
            assertThat(bed.servers())
                    .allSatisfy(s -> assertThat(s.update.started()).isZero());
        });
    }

    @Test
    void aMissingPackageEndsThePlanEarly() throws Exception {
        play((bed, group, run) -> {
            bed.server(3).host.files().remove(bed.server(3).update.toString());
            assertThatThrownBy(() -> run.patcher.plan(run.engine, GroupRun.request()))
                    .hasMessageContaining("MSSQL-PACKAGE-MISSING")
                    .hasMessageContaining(bed.server(3).address);
        });
    }

    @Test
    void anotherVersionThanTheMappingsIsRefused() throws Exception {
        play((bed, group, run) -> {
            Plan plan =
                    run.patcher.plan(run.engine, PatchRequest.to("16.0.4250.1").memberTimeout(Duration.ofMinutes(45)));
            assertThat(plan.findings().toString()).contains("BLOCK MSSQL-NO-PACKAGE", "16.0.4165");
        });
    }

    @Test
    void anInstanceOfAFailoverClusterIsRefused() throws Exception {
        play((bed, group, run) -> {
            bed.server(2).instance.clustered(true);
            Plan plan = run.patcher.plan(run.engine, GroupRun.request());
            assertThat(plan.findings().toString()).contains("BLOCK MSSQL-FAILOVER-CLUSTER", bed.server(2).address);
        });
    }

    @Test
    void aGroupThatTheSpecDoesNotNameIsTold() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 2)) {
            bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                    .replica(bed.server(2).instance, ReplicaSettings.automatic())
                    .databases("db01"));
            bed.spec();
            try (GroupRun run = new GroupRun(bed, directory)) {
                bed.group("ag2", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                        .replica(bed.server(2).instance, ReplicaSettings.automatic())
                        .databases("crm"));
                Plan plan = run.patcher.plan(run.engine, GroupRun.request());
                assertThat(plan.findings().toString()).contains("BLOCK MSSQL-OTHER-GROUPS", "ag2");
            }
        }
    }

    /** Three times running, and once more: neither what opens nor what restores gives up. */
    @Test
    void aClusterThatIsBusyIsAskedAgainUntilItHasTime() throws Exception {
        play((bed, group, run) -> {
            RunOutcome outcome = run.run(
                    GroupRun.request(),
                    RunListener.all(
                            GroupRun.at(
                                    "failover-mode-open", () -> group.faults().refuses("SQL01", 41131, 4)),
                            GroupRun.at(
                                    "failover-mode-close", () -> group.faults().refuses("SQL02", 41152, 4))));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
        });
    }

    /** Longer than a few looks take: no pass is counted for it, neither there nor when settings are restored. */
    @Test
    void viewsThatComeAfterTheirStatementsAreWaitedFor() throws Exception {
        ScheduledExecutorService healer = Executors.newSingleThreadScheduledExecutor();
        try {
            play((bed, group, run) -> {
                String third = bed.server(3).address.replace('.', '-');
                RunOutcome outcome = run.run(
                        GroupRun.request(),
                        RunListener.all(
                                oldViews(healer, group, "failover-mode-open", "SQL01"),
                                oldViews(healer, group, third + "-stop", "SQL03"),
                                oldViews(healer, group, third + "-start", "SQL03"),
                                oldViews(healer, group, "failover-mode-close", "SQL02")));
                assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
                run.runs(GroupServer.NEW);
                run.isAsFound();
            });
        } finally {
            healer.shutdownNow();
        }
    }

    /** From a step on a server shows for 2 s what was before. */
    private static RunListener oldViews(
            ScheduledExecutorService healer, AvailabilityGroup group, String step, String server) {
        return GroupRun.at(step, () -> {
            group.faults().staleViews(server, true);
            Future<?> unused = healer.schedule(() -> group.faults().staleViews(server, false), 2, TimeUnit.SECONDS);
        });
    }

    /**
     * The views show what was before the change while it is to be taken back, and the first try of that ends as if its process had: what was
     * noted counts, not what they show.
     */
    @Test
    void oldViewsDoNotHideWhatHasToBeRestored() throws Exception {
        play((bed, group, run) -> {
            GroupSettings found = group.settings();
            RunListener refusal =
                    GroupRun.at("back:failover-mode-open", () -> group.faults().refuses("SQL01", NOT_ALLOWED, 1));
            RunListener cancel = event -> {
                if (event.type() == RunEvent.Type.STEP_INTENT
                        && event.step().filter("failover-mode-open"::equals).isPresent()) {
                    group.faults().staleViews("SQL01", true);
                    Thread canceller = new Thread(() -> {
                        GroupRun.await(() -> !group.settings().equals(found));
                        run.patcher.cancel(event.run(), Approval.by("kim").because("of the test"));
                    });
                    canceller.setDaemon(true);
                    canceller.start();
                }
            };
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.all(cancel, refusal));
            assertThat(outcome.status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(group.settings()).isEqualTo(found);
            group.faults().staleViews("SQL01", false);
            run.isAsFound();
        });
    }
}
