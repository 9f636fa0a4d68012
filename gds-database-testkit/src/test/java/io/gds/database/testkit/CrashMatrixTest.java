package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class CrashMatrixTest {
    @TempDir
    Path dir;

    static Stream<Arguments> stories() {
        return Stream.of(
                Arguments.of("plain", new Stories.Plain(f -> {}), RunStatus.SUCCEEDED),
                Arguments.of("approved canary", new Stories.ApprovedCanary(), RunStatus.SUCCEEDED),
                Arguments.of(
                        "second member fails",
                        new Stories.Plain(f -> f.startFails("n3", "1.1")),
                        RunStatus.ROLLED_BACK),
                Arguments.of(
                        "former primary fails",
                        new Stories.Plain(f -> f.startFails("n1", "1.1")),
                        RunStatus.ROLLED_BACK),
                Arguments.of("taken back", new Stories.TakenBack(), RunStatus.ROLLED_BACK),
                Arguments.of("cancelled", new Stories.Cancelled(), RunStatus.CANCELLED),
                Arguments.of("restarted in place", new Stories.InPlace(f -> {}), RunStatus.SUCCEEDED),
                Arguments.of("restarted in place, taken back", new Stories.InPlaceTakenBack(), RunStatus.ROLLED_BACK),
                Arguments.of(
                        "restart in place fails",
                        new Stories.InPlace(f -> f.startFails("n1", "1.1")),
                        RunStatus.ROLLED_BACK),
                Arguments.of(
                        "cancelled before the restart in place, taken back",
                        new Stories.InPlaceCancelledAndTakenBack(),
                        RunStatus.ROLLED_BACK),
                Arguments.of(
                        "switchover chosen late, taken back",
                        new Stories.ChosenSwitchoverTakenBack(),
                        RunStatus.ROLLED_BACK),
                Arguments.of("extensions updated", new Stories.Extended(), RunStatus.SUCCEEDED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void everyDeathEndsAsNoDeathDoes(String name, Scenario story, RunStatus end) {
        CrashMatrix.Result result = CrashMatrix.of(story).run().requireAllPassed();
        assertThat(result.status()).isEqualTo(end);
        assertThat(result.cases()).isGreaterThan(100);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void everyNthDeathEndsSoOnSqlite(String name, Scenario story, RunStatus end) {
        AtomicInteger n = new AtomicInteger();
        CrashMatrix.Result result = CrashMatrix.of(story)
                .in((clock, cluster) ->
                        Simulation.onSqlite(clock, cluster, dir.resolve("runs" + n.incrementAndGet() + ".db")))
                .every(61)
                .run()
                .requireAllPassed();
        assertThat(result.status()).isEqualTo(end);
    }

    interface Teller {
        Simulation told(Consumer<FakeFaults> faults);
    }

    static Stream<Named<Teller>> tellers() {
        return Stream.of(
                Named.of("by switchover", f -> told(new Stories.Plain(f))),
                Named.of("in place", f -> told(new Stories.InPlace(f))));
    }

    @ParameterizedTest
    @MethodSource("tellers")
    void everyLostAnswerIsFoundOutAndNothingIsDoneTwice(Teller teller) {
        Map<String, String> wanted = teller.told(f -> {}).cluster().snapshot();
        int effects = teller.told(f -> {}).cluster().effects().size();
        assertThat(effects).isGreaterThan(15);
        for (int i = 1; i <= effects; i++) {
            int lost = i;
            Simulation world = teller.told(f -> f.loseAnswer(lost));
            assertThat(world.record(world.runs().get(0)).status())
                    .as("answer %s lost: %s", i, world.cluster().effects().get(i - 1))
                    .isEqualTo(RunStatus.SUCCEEDED);
            assertThat(world.cluster().effects()).hasSize(effects);
            assertThat(world.cluster().snapshot()).isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @MethodSource("tellers")
    void everyRefusedEffectIsTriedAgainOrTakenBack(Teller teller) {
        int effects = teller.told(f -> {}).cluster().effects().size();
        for (int i = 1; i <= effects; i++) {
            int refused = i;
            Simulation world = teller.told(f -> f.refuse(refused));
            assertThat(world.record(world.runs().get(0)).status())
                    .as("effect %s refused", i)
                    .isEqualTo(RunStatus.SUCCEEDED);
        }
    }

    @Test
    void everyMishapOfASwitchoverEndsWell() {
        assertThat(told(new Stories.Plain(f -> f.switchoverDiesHalfWay(1))).runs())
                .hasSize(1);
        CrashMatrix.of(new Stories.Plain(f -> f.switchoverDiesHalfWay(1))).run().requireAllPassed();
        CrashMatrix.of(new Stories.Plain(f -> f.switchoverDiesHalfWay(9))).run().requireAllPassed();
    }

    /** A matrix is trusted only after it has failed. */
    @Test
    void anEngineThatLiesInItsProbeIsFoundOut() {
        CrashMatrix.Result result = CrashMatrix.of(new Stories.Plain(f -> {}))
                .in((clock, cluster) -> Simulation.inMemory(clock, cluster).variant(WrongVerbs.LIES_IN_PROBE))
                .run();
        assertThat(result.failures()).isNotEmpty().allMatch(f -> f.contains("switchover"));
    }

    private static Simulation told(Scenario story) {
        SettableClock clock = new SettableClock();
        Simulation world = Simulation.inMemory(clock, story.cluster(clock));
        RunOutcome outcome = new Play(world, story, List.of(), Duration.ZERO).toTheEnd();
        Invariants.check(world.cluster(), world.record(outcome.run()));
        return world;
    }
}
