package io.gds.database.core.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Finding;
import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PlanTarget;
import io.gds.database.plan.Step;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import io.gds.database.spi.HistoryColumn;
import io.gds.database.spi.HistoryView;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps and targets of runs as tables: made of plans and events, by nobody but the database. */
class SqliteHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final RunId RUN = RunId.of("20261123-120000-a1b2c3d4");
    private static final HistoryView TARGETS = new HistoryView(
            "fleet_targets",
            HistoryView.Rows.TARGETS,
            Set.of("fleet"),
            Set.of(),
            List.of(
                    HistoryColumn.field("server"),
                    HistoryColumn.field("target", "name"),
                    HistoryColumn.field("status"),
                    HistoryColumn.field("pre", "build_before"),
                    HistoryColumn.fact("post", "postBuild"),
                    HistoryColumn.fact("restart", "restart"),
                    HistoryColumn.param("edition", "edition"),
                    HistoryColumn.field("error")));
    private static final HistoryView STEPS = new HistoryView(
            "fleet_steps",
            HistoryView.Rows.STEPS,
            Set.of("fleet"),
            Set.of("install"),
            List.of(
                    HistoryColumn.param("ord_in_server", "order"),
                    HistoryColumn.field("status"),
                    HistoryColumn.field("started", "started_at"),
                    HistoryColumn.field("completed", "completed_at"),
                    HistoryColumn.fact("exit_code", "exitCode")));

    @TempDir
    private Path directory;

    private SqliteJournal journal;
    private Lease lease;
    private long last;
    private int second;

    @BeforeEach
    void open() {
        journal = new SqliteJournal(directory.resolve("runs.db"));
        history().define("fake", List.of(TARGETS, STEPS));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private HistoryStore history() {
        return journal.history().orElseThrow();
    }

    private static Step step(String id, String action, String server, String target) {
        return Step.of(id, action + "@1", target)
                .lane(server)
                .param("order", 1)
                .onFailure(OnFailure.STOP_LANE)
                .build();
    }

    private static PlanTarget target(String name, String server, boolean scheduled) {
        return new PlanTarget(
                name, server, "16.0.1", scheduled ? "16.0.2" : "", scheduled, "", Params.of("edition", "Standard"));
    }

    private static Plan plan() {
        return Plan.of("fleet", "two servers", new ClusterRef("fake", "fleet", Params.empty()), "print")
                .step(step("a-install", "install", "A", "A"))
                .step(step("a-check-1", "check", "A", "A\\ONE"))
                .step(step("a-check-2", "check", "A", "A\\TWO"))
                .step(step("b-install", "install", "B", "B"))
                .target(target("A\\ONE", "A", true))
                .target(target("A\\TWO", "A", true))
                .target(target("A\\THREE", "A", false))
                .target(target("B\\ONE", "B", true))
                .build();
    }

    private void begun() {
        journal.create(
                RUN, plan(), List.of(), List.of(new Draft(RunEvent.Type.RUN_CREATED, null, Params.empty(), NOON)));
        lease = journal.take(RUN, Holder.current(), Duration.ofMinutes(5), NOON);
        last = 1;
    }

    private void say(RunEvent.Type type, String step, Params data) {
        second++;
        Draft draft = new Draft(type, step, data, NOON.plusSeconds(second));
        last = journal.append(lease, last, List.of(draft)).lastSeq();
    }

    private void verified(String step, Params facts) {
        say(RunEvent.Type.STEP_INTENT, step, Params.of("facts", Params.empty(), "pass", 1, "attempt", 1));
        say(RunEvent.Type.STEP_APPLIED, step, Params.of("facts", Params.empty()));
        say(RunEvent.Type.STEP_VERIFIED, step, Params.of("facts", facts));
    }

    private void failed(String step, String why, Params facts) {
        say(RunEvent.Type.STEP_INTENT, step, Params.of("facts", Params.empty(), "pass", 1, "attempt", 1));
        Finding finding = Finding.block("BAD", step, why, "good", "mend it.");
        say(RunEvent.Type.STEP_FAILED, step, Params.of("reason", why, "finding", finding.document(), "facts", facts));
    }

    private List<Object> of(String column) {
        return history().rows("fleet_targets", Map.of()).stream()
                .map(r -> r.asMap().getOrDefault(column, "-"))
                .toList();
    }

    @Test
    void whatHasNotBegunIsPendingAndWhatIsLeftOutIsSkipped() {
        begun();
        assertThat(of("target")).containsExactly("A\\ONE", "A\\TWO", "A\\THREE", "B\\ONE");
        assertThat(of("status")).containsExactly("pending", "pending", "skipped", "pending");
        assertThat(of("edition")).containsOnly("Standard");
        assertThat(of("pre")).containsOnly("16.0.1");
    }

    @Test
    void aStepOfAServerCountsForAllItsTargetsAndAStepOfATargetForItAlone() {
        begun();
        verified("a-install", Params.of("exitCode", 3010, "restart", true));
        assertThat(of("status")).containsExactly("in_progress", "in_progress", "skipped", "pending");
        verified("a-check-1", Params.of("postBuild", "16.0.2"));
        failed("a-check-2", "short", Params.of("postBuild", "16.0.1", "targetStatus", "partial"));
        assertThat(of("status")).containsExactly("success", "partial", "skipped", "pending");
        assertThat(of("post")).containsExactly("16.0.2", "16.0.1", "-", "-");
        assertThat(of("restart")).containsExactly(1L, 1L, "-", "-");
        assertThat(of("error")).containsExactly("-", "short", "-", "-");
    }

    @Test
    void aFailedStepFailsItsTargetsAndKeepsItsFacts() {
        begun();
        failed("b-install", "setup ended with 1603", Params.of("exitCode", 1603));
        assertThat(of("status")).endsWith("failed");
        List<Params> steps = history().rows("fleet_steps", Map.of());
        assertThat(steps).hasSize(2);
        assertThat(steps.get(1).toString())
                .contains("\"exit_code\":1603", "\"status\":\"failed\"", "\"started\":\"2026-11-23T12:00:01.000Z\"")
                .contains("\"completed\":\"2026-11-23T12:00:02.000Z\"");
        assertThat(steps.get(0).has("exit_code")).isFalse();
    }

    @Test
    void whatWasTakenBackIsUndone() {
        begun();
        verified("b-install", Params.empty());
        say(RunEvent.Type.STEP_UNDONE, "b-install", Params.of("by", "back:b-install"));
        assertThat(of("status")).endsWith("undone");
    }

    @Test
    void aServersStoryIsFilteredWithoutRegardToCase() {
        begun();
        assertThat(history().rows("fleet_targets", Map.of("server", "b"))).hasSize(1);
        assertThatThrownBy(() -> history().rows("fleet_targets", Map.of("colour", "red")))
                .hasMessageContaining("colour")
                .hasMessageContaining("server");
        assertThatThrownBy(() -> history().rows("runs; DROP TABLE runs", Map.of()))
                .hasMessageContaining("GDS-HISTORY-VIEW");
    }

    @Test
    void serversAreKeptWithWhetherTheyCount() {
        begun();
        assertThat(history().servers())
                .extracting(s -> s.string("name") + " " + s.flag("isActive"))
                .containsExactly("A true", "B true");
        assertThat(history().activate("a", false)).isTrue();
        assertThat(history().activate("C", false)).isFalse();
        assertThat(history().servers().get(0).flag("isActive")).isFalse();
    }

    @Test
    void theRunIsARowOfItsOwn() {
        begun();
        say(RunEvent.Type.RUN_FINISHED, "x", Params.empty());
        journal.release(lease, RunStatus.SUCCEEDED, true);
        assertThat(history().rows("run_heads", Map.of("run", RUN.value())).toString())
                .contains("\"status\":\"succeeded\"", "\"kind\":\"fleet\"");
    }

    @Test
    void aViewIsAboutThePlansOfItsOwnEngine() {
        begun();
        history()
                .define(
                        "other",
                        List.of(new HistoryView(
                                "other_steps",
                                HistoryView.Rows.STEPS,
                                Set.of("fleet"),
                                Set.of(),
                                List.of(HistoryColumn.field("title")))));
        assertThat(history().rows("fleet_steps", Map.of())).isNotEmpty();
        assertThat(history().rows("other_steps", Map.of())).isEmpty();
    }

    @Test
    void aStepAboutATargetIsOnItsServerWhateverItsLane() {
        Plan plan = Plan.of("fleet", "a member", new ClusterRef("fake", "cluster", Params.empty()), "print")
                .step(Step.of("m1-install", "install@1", "m1").build())
                .target(target("m1", "10.0.0.1", true))
                .build();
        journal.create(RUN, plan, List.of(), List.of(new Draft(RunEvent.Type.RUN_CREATED, null, Params.empty(), NOON)));
        assertThat(history().rows("run_steps", Map.of("server", "10.0.0.1"))).hasSize(1);
        assertThat(of("status")).containsExactly("pending");
    }

    @Test
    void aViewThatSaysSomethingElseNowIsMadeAnew() {
        begun();
        HistoryView other = new HistoryView(
                "fleet_steps",
                HistoryView.Rows.STEPS,
                Set.of("fleet"),
                Set.of(),
                List.of(HistoryColumn.field("what", "title")));
        history().define("fake", List.of(other));
        assertThat(history().rows("fleet_steps", Map.of())).hasSize(4).allMatch(r -> r.has("what"));
    }

    @Test
    void aJournalOfTheFirstReleaseGetsTheTables() throws Exception {
        begun();
        journal.close();
        String url = "jdbc:sqlite:" + directory.resolve("runs.db");
        try (Connection c = DriverManager.getConnection(url);
                Statement s = c.createStatement()) {
            for (String view : List.of("fleet_targets", "fleet_steps", "run_targets", "run_steps", "run_heads")) {
                s.execute("DROP VIEW " + view);
            }
            s.execute("DROP TABLE servers");
            s.execute("DROP INDEX events_of_step");
            s.execute("PRAGMA user_version=1");
        }
        open();
        assertThat(of("status")).containsExactly("pending", "pending", "skipped", "pending");
        assertThat(journal.events(RUN, 0)).extracting(RunEvent::type).containsExactly(RunEvent.Type.RUN_CREATED);
    }

    @Test
    void aFieldThatNobodyKnowsIsRefused() {
        HistoryView wrong = new HistoryView(
                "wrong", HistoryView.Rows.RUNS, Set.of("fleet"), Set.of(), List.of(HistoryColumn.field("colour")));
        assertThatThrownBy(() -> history().define("fake", List.of(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour")
                .hasMessageContaining("finished_at");
    }
}
