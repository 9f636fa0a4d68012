package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Condition;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.run.StepState;
import io.gds.database.spi.Prepared;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that belong to a choice, and steps that are for the way back alone, in plans of the test's own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LateChoiceTest {
    private final Scripted chooses = new Scripted("test.choose@1");
    private final Scripted does = new Scripted("test.do@1");
    private final Scripted undoes = new Scripted("test.undo@1");
    private final Scripted closes = new Scripted("test.close@1");
    private final Scripted fails = new Scripted("test.fail@1");
    private final List<Params> closedWith = new ArrayList<>();

    LateChoiceTest() {
        chooses.prepare = c -> Prepared.proceed(Params.of("road", "left", "lanes", 2));
        closes.prepare = c -> {
            closedWith.add(c.firstFacts());
            return Prepared.proceed(Params.empty());
        };
        fails.prepare = c -> refused();
    }

    private static Prepared refused() {
        return Prepared.refuse(Finding.block("TEST", "x", "no", "yes", "none."));
    }

    private Bench bench() {
        return new Bench(2, b -> {}, w -> w.handler(chooses)
                .handler(does)
                .handler(undoes)
                .handler(closes)
                .handler(fails));
    }

    private static Step.Builder step(String id, String action, String... after) {
        Step.Builder b = Step.of(id, action, "t");
        for (String a : after) {
            b.after(StepId.of(a));
        }
        return b;
    }

    private static Step.Builder does(String id, String... after) {
        return step(id, "test.do@1", after).undo("test.undo@1", Params.empty());
    }

    private static Condition when(String fact, String value) {
        return new Condition(StepId.of("choose"), fact, value);
    }

    private static RunOutcome ends(RunOutcome outcome, RunStatus as) {
        assertThat(outcome.status()).as(outcome.summary()).isEqualTo(as);
        return outcome;
    }

    private static List<String> skipped(Bench b) {
        return b.events(RunEvent.Type.STEP_SKIPPED).stream()
                .map(e -> e.step().orElse("") + ": " + e.data().string("reason"))
                .toList();
    }

    @Test
    void onlyTheChosenRoadIsGoneThereAndBack() {
        try (Bench b = bench()) {
            Plan plan = b.plan()
                    .step(step("choose", "test.choose@1").build())
                    .step(does("left", "choose").when(when("road", "left")).build())
                    .step(does("right", "left").when(when("road", "right")).build())
                    .step(does("wide", "right").when(when("lanes", "2")).build())
                    .step(does("unsaid", "wide").when(when("colour", "red")).build())
                    .step(step("fails", "test.fail@1", "unsaid").build())
                    .build();
            ends(b.execute(plan), RunStatus.ROLLED_BACK);
            assertThat(skipped(b))
                    .containsExactly("right: only when choose chose right", "unsaid: only when choose chose red");
            assertThat(b.state("left")).isEqualTo(StepState.UNDONE);
            assertThat(b.state("wide")).as("not only texts are chosen").isEqualTo(StepState.UNDONE);
            assertThat(b.world.record(b.run()).events())
                    .noneMatch(e -> e.step().orElse("").startsWith("back:right"));
        }
    }

    @Test
    void whatHangsOnAChoiceThatWasNotMadeIsSkipped() {
        chooses.prepare = c -> Prepared.skip("nothing to choose");
        try (Bench b = bench()) {
            Plan plan = b.plan()
                    .step(step("choose", "test.choose@1").build())
                    .step(does("open", "choose")
                            .when(when("road", "left"))
                            .opens("b")
                            .build())
                    .step(does("inside", "open").when(when("road", "left")).build())
                    .step(step("close", "test.close@1", "inside")
                            .when(when("road", "left"))
                            .closes("b")
                            .build())
                    .step(does("end", "close").build())
                    .build();
            ends(b.execute(plan), RunStatus.SUCCEEDED);
            assertThat(skipped(b)).hasSize(4);
            assertThat(b.state("end")).isEqualTo(StepState.VERIFIED);
            assertThat(closes.calls).isEmpty();
        }
    }

    /** The shape of packages that are replaced under a running server: their order is the same there and back. */
    private Plan.Builder aroundOneThatMustComeFirst(Bench b) {
        StepId packages = StepId.of("packages");
        return b.plan()
                .step(does("back-open").opens("back").onlyBack(packages).build())
                .step(does("back-restart", "back-open").onlyBack(packages).build())
                .step(step("back-close", "test.close@1", "back-restart")
                        .closes("back")
                        .onlyBack(packages)
                        .build())
                .step(does("packages", "back-close").build())
                .step(step("restart", "test.do@1", "packages").build())
                .step(step("fails", "test.fail@1", "restart").build());
    }

    @Test
    void stepsOfTheWayBackComeBehindWhatTheyServe() {
        does.prepare = c -> Prepared.proceed(Params.of("was", c.step().id().value()));
        try (Bench b = bench()) {
            ends(b.execute(aroundOneThatMustComeFirst(b).build()), RunStatus.ROLLED_BACK);
            assertThat(skipped(b))
                    .containsExactly(
                            "back-open: only for the way back of packages",
                            "back-restart: only for the way back of packages",
                            "back-close: only for the way back of packages");
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED))
                    .containsExactly(
                            "packages",
                            "restart",
                            "back:packages",
                            "back:back-close",
                            "back:back-restart",
                            "back:back-open");
            assertThat(closedWith)
                    .as("the bracket is closed with what was before it was opened")
                    .containsExactly(Params.of("was", "back-close"));
        }
    }

    @Test
    void stepsOfTheWayBackHaveNoPartWhereNothingIsTakenBack() {
        try (Bench b = bench()) {
            ends(
                    b.execute(aroundOneThatMustComeFirst(b)
                            .rollbackOnFailure(false)
                            .build()),
                    RunStatus.FAILED);
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED)).containsExactly("packages", "restart");
            ends(b.patcher().rollback(b.run(), Scenario.kim(), RunListener.none()), RunStatus.ROLLED_BACK);
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED)).endsWith("back2:back-restart", "back2:back-open");
        }
    }

    @Test
    void aStepOfTheWayBackThatFailedIsPartOfTheNextWay() {
        undoes.prepare =
                c -> c.step().id().value().equals("back-restart") ? refused() : Prepared.proceed(Params.empty());
        try (Bench b = bench()) {
            ends(b.execute(aroundOneThatMustComeFirst(b).build()), RunStatus.FAILED);
            assertThat(b.state("packages")).isEqualTo(StepState.UNDONE);
            assertThat(b.state("back:back-open")).as("closed all the same").isEqualTo(StepState.VERIFIED);
            undoes.prepare = c -> Prepared.proceed(Params.empty());
            ends(
                    b.patcher().retry(b.run(), "back:back-restart", Scenario.kim(), RunListener.none()),
                    RunStatus.ROLLED_BACK);
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED))
                    .endsWith("back2:back-close", "back2:back-restart", "back2:back-open");
            ends(b.patcher().rollback(b.run(), Scenario.kim(), RunListener.none()), RunStatus.ROLLED_BACK);
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED))
                    .as("a third way has nothing to do")
                    .noneMatch(id -> id.startsWith("back3:"));
        }
    }

    @Test
    void aBracketWhoseClosingFailedOnTheWayBackIsClosedOnTheNext() {
        Prepared[] closing = {Prepared.proceed(Params.empty())};
        closes.prepare = c -> {
            closedWith.add(c.firstFacts());
            return closing[0];
        };
        does.prepare = c -> Prepared.proceed(Params.of("was", c.key()));
        try (Bench b = bench()) {
            Plan plan = b.plan()
                    .step(does("open").opens("b").build())
                    .step(does("effect", "open").build())
                    .step(step("close", "test.close@1", "effect").closes("b").build())
                    .build();
            ends(b.execute(plan), RunStatus.SUCCEEDED);
            closing[0] = refused();
            ends(b.patcher().rollback(b.run(), Scenario.kim(), RunListener.none()), RunStatus.FAILED);
            assertThat(b.state("effect")).isEqualTo(StepState.UNDONE);
            assertThat(b.state("back:open")).isEqualTo(StepState.FAILED);
            closing[0] = Prepared.proceed(Params.empty());
            ends(b.patcher().retry(b.run(), "back:open", Scenario.kim(), RunListener.none()), RunStatus.ROLLED_BACK);
            assertThat(b.state("back2:open")).isEqualTo(StepState.VERIFIED);
            assertThat(closedWith)
                    .as("always with what was before the very first opening")
                    .containsOnly(Params.of("was", b.run() + "/open"));
        }
    }

    @Test
    void whatMustHoldIsLookedAtOnceMoreOnEveryWay() {
        Scripted ensures = new Scripted("test.ensure@1");
        try (Bench b = new Bench(2, p -> {}, w -> w.handler(ensures)
                .handler(does)
                .handler(undoes)
                .handler(closes)
                .handler(fails))) {
            Plan plan = b.plan()
                    .step(step("first", "test.ensure@1")
                            .undo("test.ensure@1", Params.empty())
                            .build())
                    .step(does("open", "first").opens("b").build())
                    .step(step("turn", "test.ensure@1", "open")
                            .undo("test.ensure@1", Params.empty())
                            .build())
                    .step(does("effect", "turn").build())
                    .step(step("fails", "test.fail@1", "effect").build())
                    .step(step("close", "test.close@1", "fails").closes("b").build())
                    .rollbackOnFailure(false)
                    .build();
            ends(b.execute(plan), RunStatus.FAILED);
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED))
                    .as("brackets are closed, and nothing is opened for a look")
                    .endsWith("effect", "back:open", "back:first");
            ends(b.patcher().rollback(b.run(), Scenario.kim(), RunListener.none()), RunStatus.ROLLED_BACK);
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED))
                    .endsWith("back2:close", "back2:effect", "back2:turn", "back2:open", "back2:first");
        }
    }
}
