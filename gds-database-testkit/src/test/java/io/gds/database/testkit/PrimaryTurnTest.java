package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.gate.Gates;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.StepId;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.run.StepState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the primary's turn goes, there and back: which way, and what becomes of it when something fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrimaryTurnTest {
    private static Bench bench() {
        return PrimaryTurnPlanTest.bench();
    }

    private static RunOutcome ends(RunOutcome outcome, RunStatus as) {
        assertThat(outcome.status()).as(outcome.summary()).isEqualTo(as);
        return outcome;
    }

    private static void skipped(Bench b, List<String> steps, String why) {
        assertThat(b.events(RunEvent.Type.STEP_SKIPPED))
                .filteredOn(e -> steps.contains(e.step().orElse("")))
                .allSatisfy(e -> assertThat(e.data().string("reason")).isEqualTo(why))
                .extracting(e -> e.step().orElse(""))
                .containsExactlyElementsOf(steps);
    }

    private static RunOutcome takenBack(Bench b) {
        return b.patcher().rollback(b.run(), Scenario.kim(), RunListener.none());
    }

    @Test
    void aPrimaryWithoutFollowersIsRestartedWhereItIs() {
        try (Bench b = new Bench(1)) {
            b.cluster.abilities().restartsInPlace(Stories.SWITCHOVER_IS_SHORTER, Stories.SWITCHOVER_IS_SHORTER);
            ends(b.execute(Stories.to11()), RunStatus.SUCCEEDED);
            assertThat(b.cluster.effects()).extracting(Effect::kind).contains(Effect.Kind.RESTARTED);
            b.check();
        }
    }

    @Test
    void autoRestartsInPlaceWhereThatIsShorter() {
        try (Bench b = bench()) {
            ends(b.execute(Stories.to11()), RunStatus.SUCCEEDED);
            skipped(b, PrimaryTurnPlanTest.SWITCHOVER_ROAD, "only when choose-turn chose SWITCHOVER");
            skipped(b, PrimaryTurnPlanTest.WAY_BACK_ALONE, "only for the way back of n1-unpack");
            assertThat(b.facts("choose-turn").string("turn")).isEqualTo("RESTART_IN_PLACE");
            assertThat(b.facts("choose-turn").string("basis")).isEqualTo("a guess, 2 starts seen");
            assertThat(b.cluster.primaries()).containsExactly("n1");
            assertThat(b.effectsOn("n1")).containsExactly("INSTALLED n1 1.1", "RESTARTED n1 1.1");
            b.check();
        }
    }

    @Test
    void autoSwitchesOverWhereThatIsShorter() {
        try (Bench b = bench()) {
            b.cluster.abilities().restartsInPlace(Stories.RESTART_IS_SHORTER, Stories.SWITCHOVER_IS_SHORTER);
            ends(b.execute(Stories.to11()), RunStatus.SUCCEEDED);
            assertThat(b.facts("choose-turn").string("turn"))
                    .as("what was measured counts, not what was expected")
                    .isEqualTo("SWITCHOVER");
            skipped(b, PrimaryTurnPlanTest.WAY_BACK_ALONE, "only for the way back of n1-unpack");
            skipped(b, PrimaryTurnPlanTest.IN_PLACE_ROAD, "only when choose-turn chose RESTART_IN_PLACE");
            assertThat(b.cluster.primaries()).containsExactly("n2");
            b.check();
        }
    }

    @Test
    void aChoiceIsKeptByWhoeverCarriesOn() {
        for (CrashPoint.Moment moment : List.of(CrashPoint.Moment.AFTER_WRITE, CrashPoint.Moment.BEFORE_WRITE)) {
            SettableClock clock = new SettableClock();
            Stories.InPlace story = new Stories.InPlace(f -> {});
            try (Simulation world = Simulation.inMemory(clock, story.cluster(clock))) {
                CrashPoint chosen = new CrashPoint(moment, writesUntilTheChoiceIsMade());
                try (SimulatedProcess first = world.processThatDies(chosen)) {
                    assertThatThrownBy(() -> story.executeIn(first, world)).isInstanceOf(SimulatedCrash.class);
                }
                assertThat(world.cluster().abilities().measurements()).isOne();
                world.cluster()
                        .abilities()
                        .restartsInPlace(Stories.SWITCHOVER_IS_SHORTER, Stories.SWITCHOVER_IS_SHORTER);
                try (SimulatedProcess second = world.process()) {
                    ends(second.patcher().resume(world.runs().get(0), RunListener.none()), RunStatus.SUCCEEDED);
                }
                assertThat(world.cluster().abilities().measurements())
                        .as("asked again, death " + chosen)
                        .isOne();
                assertThat(world.cluster().primaries()).containsExactly("n1");
                Invariants.check(world.cluster(), world.record(world.runs().get(0)));
            }
        }
    }

    /** The number of the write that journals the choice as made, which is two behind the one that journals its intent. */
    private static int writesUntilTheChoiceIsMade() {
        SettableClock clock = new SettableClock();
        Stories.InPlace story = new Stories.InPlace(f -> {});
        try (Simulation world = Simulation.inMemory(clock, story.cluster(clock));
                SimulatedProcess p = world.process()) {
            int[] writes = {0};
            p.patcher().execute(story.planIn(p, world), io.gds.database.core.RunOptions.none(), e -> {
                if (e.type() == RunEvent.Type.STEP_INTENT && e.step().orElse("").equals("choose-turn")) {
                    writes[0] = p.writes();
                }
            });
            return writes[0] + 2;
        }
    }

    @Test
    void theWayBackOfARestartInPlaceBringsThePackagesFirst() {
        try (Bench b = bench()) {
            ends(b.execute(Stories.to11()), RunStatus.SUCCEEDED);
            int there = b.cluster.effects().size();
            ends(takenBack(b), RunStatus.ROLLED_BACK);
            assertThat(b.cluster.effects().stream()
                            .skip(there)
                            .map(Effect::what)
                            .toList())
                    .containsSubsequence(
                            "INSTALLED n1 1.0",
                            "SET cluster/retry short",
                            "SET cluster/writes held",
                            "RESTARTED n1 1.0",
                            "SET cluster/writes default",
                            "SET cluster/retry default",
                            "STOPPED n3");
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED))
                    .containsSubsequence(
                            "back:n1-unpack",
                            "back:n1-back-writes-close",
                            "back:n1-restart-back",
                            "back:n1-back-writes-open",
                            "back:n1-in-place-ready");
            assertThat(b.cluster.primaries()).containsExactly("n1");
            b.check();
        }
    }

    @Test
    void theWayBackOfAChosenSwitchoverSwitchesBack() {
        try (Bench b = bench()) {
            b.cluster.abilities().restartsInPlace(Stories.RESTART_IS_SHORTER, Stories.SWITCHOVER_IS_SHORTER);
            ends(b.execute(Stories.to11()), RunStatus.SUCCEEDED);
            ends(takenBack(b), RunStatus.ROLLED_BACK);
            assertThat(b.order(RunEvent.Type.STEP_VERIFIED))
                    .contains("back:switchover")
                    .doesNotContain("back:n1-restart-back", "back:n1-unpack");
            assertThat(b.cluster.primaries()).containsExactly("n1");
            b.check();
        }
    }

    @Test
    void aVersionThatDoesNotStartIsTakenBackWhereItIs() {
        try (Bench b = bench()) {
            b.cluster.faults().startFails("n1", "1.1");
            ends(b.execute(Stories.to11()), RunStatus.ROLLED_BACK);
            assertThat(b.effectsOn("n1"))
                    .containsExactly("INSTALLED n1 1.1", "STOPPED n1", "INSTALLED n1 1.0", "RESTARTED n1 1.0");
            b.check();
        }
    }

    @Test
    void aFailureBetweenUnpackAndRestartRestartsNothing() {
        try (Bench b = bench()) {
            b.cluster.faults().neverStops("n1");
            RunOutcome outcome = ends(b.execute(Stories.to11()), RunStatus.ROLLED_BACK);
            assertThat(outcome.summary()).contains("GDS-STEP-TIMEOUT");
            assertThat(b.effectsOn("n1")).containsExactly("INSTALLED n1 1.1", "INSTALLED n1 1.0");
            assertThat(b.state("back:n1-restart-back")).isEqualTo(StepState.SKIPPED);
            b.check();
        }
    }

    @Test
    void aKeptFailureLeavesNoBracketAndCanBeTakenBackLater() {
        try (Bench b = bench()) {
            b.cluster.faults().neverStops("n1");
            ends(b.execute(Stories.to11().keepOnFailure()), RunStatus.FAILED);
            assertThat(b.cluster.settings()).isEmpty();
            assertThat(b.cluster.running("n1").orElseThrow()).hasToString("1.0");
            assertThat(b.cluster.installed("n1")).as("it is kept").hasToString("1.1");
            assertThat(b.cluster.isWritable()).isTrue();
            ends(takenBack(b), RunStatus.ROLLED_BACK);
            b.check();
        }
    }

    @Test
    void aPrimaryThatDiedOnTheNewPackagesIsBroughtBackToTheOldOnes() {
        try (Bench b = bench()) {
            b.cluster.observe(e -> {
                if (e.what().equals("INSTALLED n1 1.1")) {
                    b.cluster.kill("n1");
                    b.cluster.restart("n1");
                    b.patcher().cancel(b.run(), Scenario.kim());
                }
            });
            ends(b.execute(Stories.to11()), RunStatus.CANCELLED);
            assertThat(b.cluster.running("n1").orElseThrow())
                    .as("somebody started it on what was installed")
                    .hasToString("1.1");
            ends(takenBack(b), RunStatus.ROLLED_BACK);
            assertThat(b.effectsOn("n1")).endsWith("INSTALLED n1 1.0", "RESTARTED n1 1.0");
            b.check();
        }
    }

    @Test
    void aRestartOfTheWayBackThatFailedCanBeRetried() {
        try (Bench b = bench()) {
            ends(b.execute(Stories.to11()), RunStatus.SUCCEEDED);
            b.cluster.faults().neverStops("n1");
            ends(takenBack(b), RunStatus.FAILED);
            assertThat(b.state("back:n1-restart-back")).isEqualTo(StepState.FAILED);
            assertThat(b.cluster.setting("cluster/writes")).isEmpty();
            b.cluster.faults().stopsAgain("n1");
            ends(
                    b.patcher().retry(b.run(), "back:n1-restart-back", Scenario.kim(), RunListener.none()),
                    RunStatus.ROLLED_BACK);
            assertThat(b.effectsOn("n1")).endsWith("INSTALLED n1 1.0", "RESTARTED n1 1.0");
            b.check();
        }
    }

    @Test
    void aRestartThatFailedIsTakenBackAlsoWhenSomebodyAskedToStop() {
        try (Bench b = bench()) {
            b.cluster.faults().startFails("n1", "1.1");
            b.cluster.observe(e -> {
                if (e.what().equals("STOPPED n1")) {
                    b.patcher().cancel(b.run(), Scenario.kim());
                }
            });
            ends(b.execute(Stories.to11()), RunStatus.ROLLED_BACK);
            assertThat(b.cluster.isWritable()).isTrue();
            b.check();
        }
    }

    /** A rule of safety is trusted only after it was broken. */
    @Test
    void anEngineThatRestartsWithThePackagesBreaksARule() {
        try (Bench b = new Bench(3, p -> {}, w -> w.variant(WrongVerbs.RESTARTS_WITH_THE_PACKAGES))) {
            b.cluster.abilities().restartsInPlace(Stories.RESTART_IS_SHORTER, Stories.RESTART_IS_SHORTER);
            ends(b.execute(Stories.to11()), RunStatus.SUCCEEDED);
            assertThat(b.cluster.violations())
                    .containsExactly("restarted n1 while writes were not held, by " + b.run() + "/n1-unpack");
        }
    }

    @Test
    void aSwitchoverThatSomebodyElseMadeIsTakenAsChosen() {
        try (Bench b = bench()) {
            b.cluster.observe(e -> {
                if (e.what().equals("SET n3/cordoned default") && e.step().endsWith("/n3-cordon-close")) {
                    b.cluster.handOver("n3");
                }
            });
            ends(b.execute(Stories.to11()), RunStatus.SUCCEEDED);
            assertThat(b.facts("choose-turn").flag("moved")).isTrue();
            assertThat(b.facts("choose-candidate").string("candidate")).isEqualTo("n3");
            assertThat(b.cluster.abilities().measurements()).isZero();
            assertThat(b.cluster.primaries()).containsExactly("n3");
            b.check();
            ends(takenBack(b), RunStatus.ROLLED_BACK);
            assertThat(b.cluster.primaries()).as("as found").containsExactly("n1");
            b.check();
        }
    }

    @Test
    void downloadsComeBeforeTheFirstMemberGoesDown() {
        try (Bench b = bench()) {
            b.cluster.abilities().downloads();
            Plan plan = b.plan(Stories.to11());
            assertThat(plan.step(StepId.of("maintenance-open")).orElseThrow().after())
                    .as("side by side")
                    .containsExactlyInAnyOrder(
                            StepId.of("n1-download"), StepId.of("n2-download"), StepId.of("n3-download"));
            ends(b.execute(plan), RunStatus.SUCCEEDED);
            assertThat(b.cluster.effects().stream()
                            .filter(Effect::byUs)
                            .map(Effect::kind)
                            .limit(4))
                    .containsExactly(
                            Effect.Kind.DOWNLOADED, Effect.Kind.DOWNLOADED, Effect.Kind.DOWNLOADED, Effect.Kind.SET);
            b.check();
        }
    }

    @Test
    void whatComesBehindAPatchStandsBehindAGateAndIsNotTakenBack() {
        try (Bench b = bench()) {
            b.cluster.abilities().updatesExtensions();
            RunOutcome.Waiting waits = (RunOutcome.Waiting)
                    ends(b.execute(Stories.to11().updateExtensions(Gates.approval())), RunStatus.WAITING);
            assertThat(waits.gate()).isEqualTo("gate:before-extensions");
            assertThat(b.cluster.settings()).as("brackets are closed before").isEmpty();
            b.patcher().approve(b.run(), "before-extensions", Scenario.kim());
            ends(b.resume(), RunStatus.SUCCEEDED);
            assertThat(b.cluster.extensions()).hasToString("1.1");
            RunOutcome.RolledBack back = (RunOutcome.RolledBack) ends(takenBack(b), RunStatus.ROLLED_BACK);
            assertThat(back.ledTo()).isEqualTo("the seal extensions");
            assertThat(b.cluster.running("n1").orElseThrow()).hasToString("1.1");
            b.check();
        }
    }

    @Test
    void aPatchDoesNotGoBackForWhatComesBehindIt() {
        try (Bench b = bench()) {
            b.cluster.abilities().updatesExtensions();
            PatchRequest request = Stories.to11()
                    .updateExtensions(Gates.approvals(1, Duration.ofHours(12), "say whether extensions go too"));
            ends(b.execute(request), RunStatus.WAITING);
            ends(b.resumeAfter(Duration.ofHours(13)), RunStatus.PARTIAL);
            assertThat(b.state("extensions")).isEqualTo(StepState.FAILED);
            assertThat(b.cluster.names())
                    .allSatisfy(
                            m -> assertThat(b.cluster.running(m).orElseThrow()).hasToString("1.1"));
            assertThat(b.cluster.extensions()).hasToString("1.0");
            assertThat(b.world.claims(b.run())).isEmpty();
            b.check();
            ends(takenBack(b), RunStatus.ROLLED_BACK);
            b.check();
        }
    }
}
