package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Gates;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plan holds for the primary's turn. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrimaryTurnPlanTest {
    static final List<String> SWITCHOVER_ROAD = List.of(
            "switchover-ready",
            "choose-candidate",
            "n1-away",
            "settle",
            "writes-open",
            "switchover",
            "writes-close",
            "n1-ready",
            "n1-cordon-open",
            "n1-stop",
            "n1-install",
            "n1-start",
            "n1-cordon-close",
            "n1-home");
    static final List<String> WAY_BACK_ALONE = List.of(
            "n1-back-retry-open",
            "n1-back-writes-open",
            "n1-restart-back",
            "n1-back-writes-close",
            "n1-back-retry-close");
    static final List<String> IN_PLACE_ROAD = List.of(
            "n1-unpack",
            "n1-retry-open",
            "n1-settle",
            "n1-writes-open",
            "n1-restart",
            "n1-writes-close",
            "n1-retry-close");

    static Bench bench() {
        Bench b = new Bench(3);
        b.cluster.abilities().restartsInPlace(Stories.RESTART_IS_SHORTER, Stories.RESTART_IS_SHORTER);
        return b;
    }

    private static List<String> ids(Plan plan) {
        return plan.steps().stream().map(s -> s.id().value()).toList();
    }

    @Test
    void autoPlansBothRoadsBehindTheChoice() {
        try (Bench b = bench()) {
            Plan plan = b.plan(Stories.to11());
            assertThat(ids(plan))
                    .containsSubsequence("n3-cordon-close", "choose-turn", "switchover-ready")
                    .containsSubsequence(SWITCHOVER_ROAD)
                    .containsSubsequence("n1-home", "n1-in-place-ready", "n1-back-retry-open")
                    .containsSubsequence(WAY_BACK_ALONE)
                    .containsSubsequence(IN_PLACE_ROAD)
                    .containsSubsequence("n1-retry-close", "maintenance-close");
            for (Step s : plan.steps()) {
                String id = s.id().value();
                boolean switches = SWITCHOVER_ROAD.contains(id);
                boolean stays =
                        id.equals("n1-in-place-ready") || WAY_BACK_ALONE.contains(id) || IN_PLACE_ROAD.contains(id);
                assertThat(s.when().map(Object::toString))
                        .as(id)
                        .isEqualTo(
                                switches
                                        ? java.util.Optional.of("when choose-turn chose SWITCHOVER")
                                        : stays
                                                ? java.util.Optional.of("when choose-turn chose RESTART_IN_PLACE")
                                                : java.util.Optional.empty());
                assertThat(s.onlyBack().isPresent()).as(id).isEqualTo(WAY_BACK_ALONE.contains(id));
            }
        }
    }

    @Test
    void aWishLeavesOneRoadAndNoChoice() {
        try (Bench b = bench()) {
            assertThat(ids(b.plan(Stories.to11().primaryTurn(PrimaryTurn.SWITCHOVER))))
                    .containsSubsequence(SWITCHOVER_ROAD)
                    .doesNotContain("choose-turn")
                    .doesNotContainAnyElementsOf(IN_PLACE_ROAD);
            assertThat(ids(b.plan(Stories.to11().primaryTurn(PrimaryTurn.RESTART_IN_PLACE))))
                    .containsSubsequence(WAY_BACK_ALONE)
                    .containsSubsequence(IN_PLACE_ROAD)
                    .doesNotContain("choose-turn")
                    .doesNotContainAnyElementsOf(SWITCHOVER_ROAD);
        }
    }

    @Test
    void aRestartInPlaceThatTheEngineCannotDoIsRefused() {
        try (Bench b = new Bench(3)) {
            assertThatThrownBy(() -> b.plan(Stories.to11().primaryTurn(PrimaryTurn.RESTART_IN_PLACE)))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-PRIMARY-TURN"))
                    .hasMessageContaining("RESTART_IN_PLACE");
            assertThat(ids(b.plan(Stories.to11())))
                    .containsSubsequence(SWITCHOVER_ROAD)
                    .doesNotContain("choose-turn");
        }
    }

    @Test
    void aSwitchoverWithNobodyToTakeOverIsRefused() {
        try (Bench b = new Bench(1)) {
            assertThatThrownBy(() -> b.plan(Stories.to11().primaryTurn(PrimaryTurn.SWITCHOVER)))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-PRIMARY-TURN"))
                    .hasMessageContaining("nobody could take over");
        }
    }

    @Test
    void thePlanSaysWhatToExpectAndWhatStandsUnderWhichChoice() {
        try (Bench b = bench()) {
            b.cluster.abilities().downloads().updatesExtensions();
            assertThat(b.plan(Stories.to11().updateExtensions(Gates.approval())).asRunbook())
                    .contains("the primary's turn: switchover 1.30 s, restart in place 0.40 s (a guess);"
                            + " as it looks now by restart in place")
                    .contains("Fetch 1.1 on n1")
                    .contains("packages: fake-server, fake-client")
                    .contains("only when choose-turn chose SWITCHOVER")
                    .contains("only when choose-turn chose RESTART_IN_PLACE")
                    .contains("this step is for the way back of n1-unpack alone")
                    .contains("gate before-extensions: 1 approval")
                    .contains("none: there is no way back behind this step");
        }
    }

    @Test
    void theForecastOutlivesARehearsalAndStandsOutsideTheHash() {
        try (Bench b = bench()) {
            Plan plan = b.plan(Stories.to11());
            Plan rehearsed = b.patcher().rehearse(plan).plan();
            assertThat(rehearsed.estimates().turns()).isEqualTo(plan.estimates().turns());
            assertThat(Plan.fromDocument(rehearsed.document()).estimates().turns())
                    .contains(Stories.RESTART_IS_SHORTER);
            b.cluster.abilities().restartsInPlace(Stories.SWITCHOVER_IS_SHORTER, Stories.SWITCHOVER_IS_SHORTER);
            assertThat(b.plan(Stories.to11()).hash()).isEqualTo(plan.hash());
            assertThat(rehearsed.hash()).isEqualTo(plan.hash());
        }
    }

    @Test
    void aDryRunSaysWhatEveryStepWouldDo() {
        try (Bench b = bench()) {
            b.cluster.abilities().downloads().updatesExtensions();
            Plan plan = b.plan(Stories.to11().updateExtensions(Gates.approval()));
            assertThat(b.patcher().dryRun(plan).steps())
                    .hasSameSizeAs(plan.steps())
                    .contains(
                            "n1-download: fetch 1.1 on n1 while it serves",
                            "n1-restart: restart n1 where it is, on the version that is installed",
                            "choose-turn: choose the way with the shorter write gap for the turn of n1");
            assertThat(b.cluster.effects()).isEmpty();
        }
    }
}
