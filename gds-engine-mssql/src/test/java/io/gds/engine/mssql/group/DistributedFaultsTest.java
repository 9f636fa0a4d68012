package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Plan;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.database.testkit.mssql.SuspendReason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between the two groups of a distributed one, and specs that name only one of them. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DistributedFaultsTest {
    @TempDir
    private Path directory;

    @FunctionalInterface
    private interface Play {
        void with(GroupBed bed, Distributed both, GroupRun run) throws Exception;
    }

    private void play(Play play) throws Exception {
        play(List.of(), List.of(), play);
    }

    /** With a spec that names some of it. */
    private void play(List<String> groups, List<Integer> servers, Play play) throws Exception {
        try (GroupBed bed = new GroupBed(directory, 5)) {
            Distributed both = new Distributed(bed);
            bed.names(groups, servers.stream().map(bed::server).toList());
            try (GroupRun run = new GroupRun(bed, directory)) {
                play.with(bed, both, run);
            }
        }
    }

    private static String step(GroupBed bed, int server, String step) {
        return bed.server(server).address.replace('.', '-') + "-" + step;
    }

    private static Plan refused(GroupBed bed, GroupRun run, String finding) {
        Plan plan = run.patcher.plan(run.engine, GroupRun.request());
        assertThat(plan.findings().toString()).contains("BLOCK " + finding);
        assertThat(bed.servers()).allSatisfy(s -> assertThat(s.update.started()).isZero());
        return plan;
    }

    /** What is waited for, and something that is done the first time that a word of it is heard. */
    private static RunListener hearing(Queue<String> heard, String word, Runnable what) {
        return event -> {
            if (event.type() == RunEvent.Type.WAITING && event.toString().contains(word)) {
                heard.add(event.toString());
                if (heard.size() == 1) {
                    what.run();
                }
            }
        };
    }

    /** As an administrator would. */
    private static void say(GroupServer server, String statement) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlserver://" + server.address + ":"
                                + server.instance.server().port() + ";encrypt=false;connectRetryCount=0",
                        "gds",
                        GroupServer.PASSWORD);
                Statement s = connection.createStatement()) {
            s.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    @Test
    void aLinkThatIsSuspendedBeforeTheRunIsTold() throws Exception {
        play((bed, both, run) -> {
            both.dag.suspend("db02", SuspendReason.USER);
            Plan plan = refused(bed, run, "MSSQL-LINK");
            assertThat(plan.findings().toString())
                    .contains(
                            "the link of dag to ag2: db02 is suspended (SUSPEND_FROM_USER)",
                            "RESUME on the forwarder " + bed.server(3).address);
            assertThat(both.second.events(GroupEvent.Resumed.class)).isEmpty();
        });
    }

    @Test
    void aLinkThatBreaksInTheMiddleIsWaitedFor() throws Exception {
        play((bed, both, run) -> {
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            RunOutcome outcome = run.run(
                    GroupRun.request(),
                    RunListener.all(
                            GroupRun.at(step(bed, 2, "host-open"), () -> both.dag.breaks(true)),
                            hearing(heard, "the link of dag to ag2 is not connected", () -> {
                                assertThat(bed.server(2).update.started()).isZero();
                                both.dag.breaks(false);
                            })));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(heard).isNotEmpty();
            run.runs(GroupServer.NEW);
            run.isAsFound();
            assertThat(run.failovers()).hasSize(2);
            both.hasEverything();
        });
    }

    /** What was done in the second half is taken back, though nothing gets through to it. */
    @Test
    void aLinkThatStaysBrokenTakesThePatchBack() throws Exception {
        play((bed, both, run) -> {
            RunOutcome outcome = run.run(
                    GroupRun.request().memberTimeout(Duration.ofSeconds(8)),
                    GroupRun.at(step(bed, 2, "host-open"), () -> both.dag.breaks(true)));
            assertThat(outcome).isInstanceOf(RunOutcome.RolledBack.class);
            assertThat(outcome.summary()).contains("the link of dag to ag2 is not connected");
            run.isAsFound();
            assertThat(bed.versions().values()).containsOnly(GroupServer.OLD);
            assertThat(both.second.primary()).contains("SQL03");
            assertThat(run.failovers()).containsExactly("ag2 to SQL04", "ag2 to SQL03");
            assertThat(run.blockedByUs()).isEmpty();
            both.dag.breaks(false);
            both.hasEverything();
        });
    }

    /** The system itself stops the log at whoever becomes forwarder: it is resumed there. */
    @Test
    void aForwarderThatIsSuspendedAfterItsFailoverIsResumed() throws Exception {
        play((bed, both, run) -> {
            both.dag.suspendsNewForwarders(SuspendReason.REDO);
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
            assertThat(both.second.events(GroupEvent.Suspended.class))
                    .anySatisfy(s -> assertThat(s.reason()).isEqualTo(SuspendReason.REDO));
            both.hasEverything();
        });
    }

    /** What somebody suspends is theirs to resume. */
    @Test
    void aLinkThatSomebodySuspendsInTheMiddleIsLeftToThem() throws Exception {
        play((bed, both, run) -> {
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            RunOutcome outcome = run.run(
                    GroupRun.request(),
                    RunListener.all(
                            GroupRun.at(step(bed, 2, "host-open"), () -> both.dag.suspend("db01", SuspendReason.USER)),
                            hearing(heard, "db01 is suspended (SUSPEND_FROM_USER)", () -> {
                                assertThat(both.second.events(GroupEvent.Resumed.class))
                                        .noneMatch(r -> r.replica().equals("SQL04")
                                                && r.at().isAfter(both.second
                                                        .events(GroupEvent.PrimaryChanged.class)
                                                        .get(0)
                                                        .at()));
                                say(bed.server(4), "ALTER DATABASE [db01] SET HADR RESUME");
                            })));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(heard).isNotEmpty();
            run.runs(GroupServer.NEW);
            run.isAsFound();
            both.hasEverything();
        });
    }

    /** Log that arrives late loses nothing: every commit is on the first half, and the link goes on. */
    @Test
    void aLinkThatLagsHoldsNobodyUp() throws Exception {
        play((bed, both, run) -> {
            both.dag.lags(true);
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
            assertThat(run.blockedByUs()).isEmpty();
            assertThat(both.dag.isInStep()).isFalse();
            both.dag.lags(false);
            both.hasEverything();
        });
    }

    @Test
    void aForwarderWhoseServiceDiesIsStartedAgain() throws Exception {
        play((bed, both, run) -> {
            RunOutcome outcome = run.run(GroupRun.request(), GroupRun.at("ag2-switchover-ready", () -> bed.server(3)
                    .service()
                    .die()));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            run.runs(GroupServer.NEW);
            run.isAsFound();
            assertThat(run.blockedByUs()).isEmpty();
            assertThat(both.first.events(GroupEvent.PrimaryLost.class)).isEmpty();
            both.hasEverything();
        });
    }

    @Test
    void setupThatFailsOnTheGlobalPrimaryIsTakenBackInBothHalves() throws Exception {
        play((bed, both, run) -> {
            bed.server(1)
                    .update
                    .first(SetupBehaviour.failing(1603, "Fatal error during installation.")
                            .in(Duration.ofMillis(200)));
            RunOutcome outcome = run.run(GroupRun.request(), RunListener.none());
            assertThat(outcome).isInstanceOf(RunOutcome.RolledBack.class);
            run.runs(GroupServer.OLD);
            run.isAsFound();
            assertThat(both.first.primary()).contains("SQL01");
            assertThat(both.second.primary()).contains("SQL03");
            assertThat(run.failovers()).hasSize(4);
            both.hasEverything();
        });
    }

    @Test
    void theHalfThatGetsTheLogIsPatchedByItself() throws Exception {
        play(List.of("ag2"), List.of(3, 4, 5), (bed, both, run) -> {
            Plan plan = run.patcher.plan(run.engine, GroupRun.request().probe(ProbeSettings.off()));
            assertThat(plan.findings().toString())
                    .contains("WARN MSSQL-DISTRIBUTED-HALF", "patch ag1 afterwards")
                    .doesNotContain("BLOCK");
            assertThat(run.patcher.execute(plan, RunListener.printing(System.err)))
                    .isInstanceOf(RunOutcome.Succeeded.class);
            run.isAsFound();
            assertThat(both.turns()).containsExactly("SQL05", "SQL04", "SQL03");
            assertThat(run.failovers()).containsExactly("ag2 to SQL04");
            assertThat(Stream.of(1, 2).map(i -> bed.server(i).instance.version()))
                    .containsOnly(GroupServer.OLD);
            GroupRun.await(both.dag::isInStep);
        });
    }

    @Test
    void theHalfThatTakesWritesIsNotPatchedBeforeTheOther() throws Exception {
        play(List.of("ag1"), List.of(1, 2), (bed, both, run) -> {
            Plan plan = refused(bed, run, "MSSQL-DISTRIBUTED-ORDER");
            assertThat(plan.findings().toString()).contains("forwarder-patched", "name ag2 and its instances");
            Plan allowed = run.patcher.plan(
                    run.engine, GroupRun.request().override("forwarder-patched", "kim", "done yesterday"));
            assertThat(allowed.findings().toString())
                    .contains("WARN MSSQL-DISTRIBUTED-ORDER-ALLOWED")
                    .doesNotContain("BLOCK");
        });
    }

    @Test
    void aDistributedGroupIsNotNamedItself() throws Exception {
        play(List.of("dag"), List.of(1, 2, 3, 4, 5), (bed, both, run) -> {
            Plan plan = refused(bed, run, "MSSQL-DISTRIBUTED");
            assertThat(plan.findings().toString()).contains("its replicas are the groups [ag1, ag2]");
        });
    }

    @Test
    void aServerInNeitherHalfIsTold() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 6)) {
            Distributed both = new Distributed(bed);
            try (GroupRun run = new GroupRun(bed, directory)) {
                Plan plan = refused(bed, run, "MSSQL-DISTRIBUTED-STRANGER");
                assertThat(plan.findings().toString()).contains(bed.server(6).address);
                assertThat(both.dag.isInStep()).isTrue();
            }
        }
    }
}
