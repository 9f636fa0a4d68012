package io.gds.database.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.gate.Gates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final ClusterRef CLUSTER =
            new ClusterRef("fake", "orders", Params.of("password", "env:SECRET", "members", List.of("a", "b")));

    private static Plan.Builder plan() {
        return Plan.of("test", "A test", CLUSTER, "fp");
    }

    private static Step.Builder step(String id) {
        return Step.of(id, "do.it@1", "m");
    }

    private static Plan full() {
        return plan().step(step("open").opens("b").lock("l", 2).build())
                .step(step("work")
                        .after(StepId.of("open"))
                        .param("n", 3)
                        .retry(new Retry(2, Duration.ofSeconds(1)))
                        .undo("undo.it@2", Params.of("x", Params.ref(StepId.of("open"), "y")))
                        .build())
                .step(step("close").after(StepId.of("work")).closes("b").build())
                .step(step("seal")
                        .after(StepId.of("close"))
                        .gate(new Gate(
                                "g",
                                Gates.anyOf(
                                        Gates.approvals(2, Duration.ofHours(1), "look"),
                                        Gates.elapsed(Duration.ofHours(12)))))
                        .seal()
                        .build())
                .lock("l", 2)
                .createdAt(Instant.parse("2026-01-01T00:00:00Z"))
                .findings(List.of(Finding.ack("F-1", "m", "seen", "wanted", "do")))
                .build();
    }

    @Test
    void aStoredPlanIsTheSamePlan() {
        Plan p = full();
        Plan back = Plan.fromDocument(p.document());
        assertThat(back.hash()).isEqualTo(p.hash());
        assertThat(back.steps()).isEqualTo(p.steps());
        assertThat(back.findings()).isEqualTo(p.findings());
        assertThat(back.document()).isEqualTo(p.document());
    }

    @Test
    void theHashCoversWhatThePlanWouldDoAndNothingElse() {
        Plan p = full();
        assertThat(p.withEstimates(Estimates.of("rehearsal", Map.of(StepId.of("work"), Duration.ofSeconds(3))))
                        .hash())
                .isEqualTo(p.hash());
        assertThat(p.withFindings(List.of()).hash()).isEqualTo(p.hash());
        Plan other = plan().step(step("open").param("n", 4).build()).build();
        Plan same = plan().step(step("open").param("n", 4).build()).build();
        Plan different = plan().step(step("open").param("n", 5).build()).build();
        assertThat(other.hash()).isEqualTo(same.hash()).isNotEqualTo(different.hash());
        assertThat(other.diff(different)).containsExactly("~ open.params: {n=4} -> {n=5}");
        assertThat(other.diff(same)).isEmpty();
    }

    @Test
    void theRunbookSaysFindingsStepsGatesAndTheWayBack() {
        assertThat(full().asRunbook())
                .contains("F-1", "gate g: (2 approvals within PT1H (look) or PT12H elapsed)", "undo.it@2")
                .contains("bracket \"b\" is closed, on failure too", "there is no way back behind this step");
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        assertThatThrownBy(() -> plan().step(step("a").opens("never-closed").build())
                        .step(step("b").closes("never-opened").build())
                        .step(step("c").seal().build())
                        .build())
                .isInstanceOfSatisfying(InvalidSpecException.class, e -> assertThat(e.problems())
                        .hasSize(3))
                .hasMessageContaining("never-closed")
                .hasMessageContaining("never-opened")
                .hasMessageContaining("a gate on the seal");
    }

    @Test
    void circlesAndUnknownEdgesAreRefused() {
        assertThatThrownBy(() -> plan().step(step("a").after(StepId.of("b")).build())
                        .step(step("b").after(StepId.of("a")).build())
                        .build())
                .hasMessageContaining("circle");
        assertThatThrownBy(
                        () -> plan().step(step("a").after(StepId.of("nobody")).build())
                                .build())
                .hasMessageContaining("nobody");
    }

    @Test
    void anUrgentBracketHoldsNoGate() {
        assertThatThrownBy(() -> plan().step(step("o")
                                .bracket(new BracketEnd("u", BracketEnd.Side.OPENS, Urgency.URGENT))
                                .build())
                        .step(step("g")
                                .after(StepId.of("o"))
                                .gate(new Gate("g", Gates.approval()))
                                .build())
                        .step(step("c")
                                .after(StepId.of("g"))
                                .bracket(new BracketEnd("u", BracketEnd.Side.CLOSES, Urgency.URGENT))
                                .build())
                        .build())
                .hasMessageContaining("urgent");
    }

    @Test
    void bothEndsOfABracketAreEquallyUrgent() {
        assertThatThrownBy(() -> plan().step(step("o")
                                .bracket(new BracketEnd("u", BracketEnd.Side.OPENS, Urgency.BLOCKING))
                                .build())
                        .step(step("c")
                                .after(StepId.of("o"))
                                .bracket(new BracketEnd("u", BracketEnd.Side.CLOSES, Urgency.URGENT))
                                .build())
                        .build())
                .hasMessageContaining("step c")
                .hasMessageContaining("URGENT")
                .hasMessageContaining("BLOCKING, as o");
    }
}
