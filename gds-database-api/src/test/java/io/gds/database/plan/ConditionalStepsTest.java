package io.gds.database.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.gate.Gates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Steps that belong to a late choice, and steps that are for the way back alone. */
class ConditionalStepsTest {
    private static final ClusterRef CLUSTER = new ClusterRef("fake", "orders", Params.empty());
    private static final Condition LEFT = when("choose", "left");
    private static final StepId WORK = StepId.of("work");

    private static Condition when(String step, String value) {
        return new Condition(StepId.of(step), "road", value);
    }

    private static Step.Builder step(String id, String... after) {
        Step.Builder b = Step.of(id, "do.it@1", "m");
        for (String a : after) {
            b.after(StepId.of(a));
        }
        return b;
    }

    private static Plan plan(Step... steps) {
        Plan.Builder b = Plan.of("test", "A test", CLUSTER, "fp");
        for (Step s : steps) {
            b.step(s);
        }
        return b.build();
    }

    private static Plan plan(Condition choice) {
        return plan(
                step("choose").build(),
                step("back", "choose")
                        .undo("undo.it@1", Params.empty())
                        .when(choice)
                        .onlyBack(WORK)
                        .build(),
                step("work", "back")
                        .when(choice)
                        .param("details", Map.of("packages", List.of("a", "b")))
                        .build());
    }

    private static void refused(String step, String field, String found, Step... steps) {
        assertThatThrownBy(() -> plan(steps))
                .isInstanceOfSatisfying(InvalidSpecException.class, e -> assertThat(e.problems())
                        .extracting(Problem::location, Problem::field, Problem::found)
                        .containsExactly(org.assertj.core.groups.Tuple.tuple("step " + step, field, found)));
    }

    @Test
    void aStoredPlanKeepsItsChoicesAndItsWayBack() {
        Plan p = plan(LEFT);
        Plan stored = Plan.fromDocument(p.document());
        assertThat(stored.hash()).isEqualTo(p.hash());
        assertThat(stored.steps()).isEqualTo(p.steps());
        Step work = stored.step(WORK).orElseThrow();
        assertThat(work.when()).contains(LEFT);
        assertThat(work.onlyBack()).isEmpty();
        Step back = stored.step(StepId.of("back")).orElseThrow();
        assertThat(back.onlyBack()).contains(WORK);
        assertThat(back.toBuilder().build()).isEqualTo(back);
    }

    @Test
    void choicesAndWaysBackCountForTheHash() {
        assertThat(plan(LEFT).hash())
                .isEqualTo(plan(LEFT).hash())
                .isNotEqualTo(plan(when("choose", "right")).hash());
        Step.Builder back = step("back").undo("undo.it@1", Params.empty());
        Plan forBoth = plan(back.build(), step("work", "back").build());
        Plan forTheWayBack =
                plan(back.onlyBack(WORK).build(), step("work", "back").build());
        assertThat(forBoth.hash()).isNotEqualTo(forTheWayBack.hash());
        assertThat(plan(LEFT).diff(plan(when("choose", "right")))).hasSize(2).allMatch(d -> d.contains(".when"));
    }

    @Test
    void theRunbookSaysWhichStepsTakePartWhen() {
        assertThat(plan(LEFT).asRunbook())
                .contains("only when choose chose left")
                .contains("packages: a, b")
                .contains("this step is for the way back of work alone");
    }

    @Test
    void aChoiceIsMadeByAStepBefore() {
        refused("a", "when", "nobody", step("a").when(when("nobody", "left")).build());
        refused(
                "a",
                "when",
                "b",
                step("a").when(when("b", "left")).build(),
                step("b", "a").build());
        refused("a", "when", "a", step("a").when(when("a", "left")).build());
    }

    @Test
    void aStepForTheWayBackServesALaterOneOfTheWayThere() {
        Step.Builder a = step("a").undo("undo.it@1", Params.empty());
        refused("a", "onlyBack", "nobody", a.onlyBack(StepId.of("nobody")).build());
        refused(
                "b",
                "onlyBack",
                "a",
                step("a").build(),
                step("b", "a")
                        .undo("undo.it@1", Params.empty())
                        .onlyBack(StepId.of("a"))
                        .build());
        refused(
                "a",
                "onlyBack",
                "b",
                a.onlyBack(StepId.of("b")).build(),
                step("b", "a").undo("undo.it@1", Params.empty()).onlyBack(WORK).build(),
                step("work", "b").build());
    }

    @Test
    void aStepForTheWayBackDoesSomethingThereAndIsNeitherGateNorSeal() {
        refused(
                "a",
                "undo",
                "none",
                step("a").onlyBack(WORK).build(),
                step("work", "a").build());
        refused(
                "a",
                "onlyBack",
                "a gate or a seal",
                step("a")
                        .undo("undo.it@1", Params.empty())
                        .gate(new Gate("g", Gates.approval()))
                        .onlyBack(WORK)
                        .build(),
                step("work", "a").build());
    }

    @Test
    void bothEndsOfABracketTakePartTogether() {
        refused(
                "close",
                "when",
                "always",
                step("choose").build(),
                step("open", "choose").when(LEFT).opens("b").build(),
                step("close", "open").closes("b").build());
        refused(
                "close",
                "when",
                "when choose chose right",
                step("choose").build(),
                step("open", "choose").when(LEFT).opens("b").build(),
                step("close", "open").when(when("choose", "right")).closes("b").build());
        refused(
                "close",
                "when",
                "always",
                step("open").onlyBack(WORK).opens("b").build(),
                step("close", "open").closes("b").build(),
                step("work", "close").build());
    }

    @Test
    void aConditionIsMetByTheJournalledFactAlone() {
        assertThat(LEFT.isMet(Params.of("road", "left"))).isTrue();
        assertThat(LEFT.isMet(Params.of("road", "right"))).isFalse();
        assertThat(LEFT.isMet(Params.empty())).isFalse();
        assertThat(when("choose", "null").isMet(Params.empty())).isFalse();
        assertThat(when("choose", "2").isMet(Params.of("road", 2))).isTrue();
    }

    @Test
    void theShorterWayIsTheOneWithTheShorterGapAndASwitchoverWhenInDoubt() {
        Duration one = Duration.ofSeconds(1);
        Duration two = Duration.ofSeconds(2);
        assertThat(new TurnForecast(two, one, "x").shorter()).isEqualTo(PrimaryTurn.RESTART_IN_PLACE);
        assertThat(new TurnForecast(one, two, "x").shorter()).isEqualTo(PrimaryTurn.SWITCHOVER);
        assertThat(new TurnForecast(one, one, "x").shorter()).isEqualTo(PrimaryTurn.SWITCHOVER);
    }

    @Test
    void whatToExpectOfTheTurnIsKeptAndPrintedAndNoPartOfTheHash() {
        TurnForecast forecast = new TurnForecast(Duration.ofMillis(1380), Duration.ofMillis(380), "3 restarts seen");
        Plan p = plan(LEFT);
        Plan told = p.withEstimates(Estimates.of("rehearsal 1", Map.of(WORK, Duration.ofSeconds(3)))
                .withTurns(forecast)
                .withWriteGap(Duration.ofMillis(380)));
        assertThat(told.hash()).isEqualTo(p.hash());
        Estimates stored = Plan.fromDocument(told.document()).estimates();
        assertThat(stored.turns()).contains(forecast);
        assertThat(stored.writeGap()).contains(Duration.ofMillis(380));
        assertThat(told.asRunbook())
                .contains("the primary's turn: switchover 1.38 s, restart in place 0.38 s (3 restarts seen);"
                        + " as it looks now by restart in place");
        assertThat(Estimates.none().turns()).isEqualTo(Optional.empty());
    }

    @Test
    void aRequestKeepsEveryWishWhenOneIsAdded() {
        PatchRequest r = PatchRequest.to("15.20")
                .primaryTurn(PrimaryTurn.RESTART_IN_PLACE)
                .updateExtensions(Gates.approval())
                .keepOnFailure()
                .memberTimeout(Duration.ofMinutes(3));
        assertThat(r.primaryTurn()).isEqualTo(PrimaryTurn.RESTART_IN_PLACE);
        assertThat(r.extensions()).isPresent();
        assertThat(r.rollbackOnFailure()).isFalse();
        assertThat(PatchRequest.to("15.20").primaryTurn()).isEqualTo(PrimaryTurn.AUTO);
        assertThat(PatchRequest.to("15.20").extensions()).isEmpty();
    }
}
