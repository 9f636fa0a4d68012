package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.error.DeposedException;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A runner that sleeps while another host takes over and finishes, and then wakes up: it must do nothing more. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PausedRunnerTest {
    @TempDir
    Path dir;

    static IntStream writes() {
        return IntStream.of(3, 4, 12, 17, 18, 19, 31, 44, 50, 61, 70);
    }

    static IntStream effects() {
        return IntStream.of(1, 2, 3, 5, 6, 12, 13, 14, 15, 18);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void beforeAWrite(int number) throws InterruptedException {
        wakesUpDeposed(new CrashPoint(CrashPoint.Moment.BEFORE_WRITE, number));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void afterAWrite(int number) throws InterruptedException {
        wakesUpDeposed(new CrashPoint(CrashPoint.Moment.AFTER_WRITE, number));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void beforeAnEffect(int number) throws InterruptedException {
        wakesUpDeposed(new CrashPoint(CrashPoint.Moment.BEFORE_EFFECT, number));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void afterAnEffect(int number) throws InterruptedException {
        wakesUpDeposed(new CrashPoint(CrashPoint.Moment.AFTER_EFFECT, number));
    }

    private void wakesUpDeposed(CrashPoint nap) throws InterruptedException {
        SettableClock clock = new SettableClock();
        FakeCluster cluster = FakeCluster.of("orders", 3, "1.0", clock).target("1.1");
        Path file = dir.resolve("runs.db");
        Mishaps sleepy = Mishaps.pauseAt(nap);
        AtomicReference<@Nullable Throwable> ended = new AtomicReference<>();
        try (Simulation here = Simulation.onSqlite(clock, cluster, file);
                Simulation there = Simulation.onSqlite(clock, cluster, file);
                SimulatedProcess first = here.process(sleepy, "here");
                SimulatedProcess second = there.process(Mishaps.none(), "there")) {
            Thread runner = new Thread(() -> execute(first, cluster, ended));
            runner.start();
            sleepy.awaitPause();
            clock.advance(Duration.ofSeconds(60));
            RunId run = there.runs().get(0);
            assertThat(second.patcher().resume(run, RunListener.none()).status())
                    .isEqualTo(RunStatus.SUCCEEDED);
            int effects = cluster.effects().size();
            int events = there.record(run).events().size();

            sleepy.wake();
            runner.join();

            assertThat(ended.get()).isInstanceOf(DeposedException.class);
            assertThat(cluster.effects()).hasSize(effects);
            assertThat(there.record(run).events()).hasSize(events);
            Invariants.check(cluster, there.record(run));
        }
    }

    private static void execute(SimulatedProcess p, FakeCluster cluster, AtomicReference<@Nullable Throwable> ended) {
        try (DatabaseEngine engine = p.open(cluster.reference())) {
            p.patcher().execute(p.patcher().plan(engine, Stories.to11()), RunListener.none());
        } catch (DeposedException e) {
            ended.set(e);
        }
    }
}
