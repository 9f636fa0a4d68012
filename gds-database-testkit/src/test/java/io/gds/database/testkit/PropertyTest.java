package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunStatus;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PropertyTest {
    private static final long SEED = Long.getLong("gds.seed", 1);
    private static final int SCHEDULES = Integer.getInteger("gds.schedules", 3_000);

    @TempDir
    Path dir;

    @Test
    void noStoryBreaksARule() {
        PropertyRunner runner = new PropertyRunner(Simulation::inMemory);
        runner.run(SEED, SCHEDULES);
        if (SCHEDULES >= 1000) {
            assertThat(runner.endings())
                    .as("every way to end was seen")
                    .containsKeys(RunStatus.SUCCEEDED, RunStatus.ROLLED_BACK, RunStatus.CANCELLED, RunStatus.FAILED);
            assertThat(runner.effects())
                    .as("every way of the primary's turn was gone")
                    .containsKeys(
                            Effect.Kind.PROMOTED, Effect.Kind.RESTARTED, Effect.Kind.DOWNLOADED, Effect.Kind.EXTENDED);
        }
    }

    @Test
    void neitherOnSqlite() {
        AtomicInteger n = new AtomicInteger();
        new PropertyRunner((clock, cluster) ->
                        Simulation.onSqlite(clock, cluster, dir.resolve("runs" + n.incrementAndGet() + ".db")))
                .run(SEED + 1_000_000, Math.max(1, SCHEDULES / 500));
    }

    @Test
    void aBrokenRuleIsFoundAndMadeSmall() {
        PropertyRunner runner = new PropertyRunner((clock, cluster) -> {
            cluster.observe(e -> {});
            return Simulation.inMemory(clock, cluster).variant(WrongVerbs.PROMOTES_LAGGING);
        });
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> runner.run(1, 500)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dgds.seed=")
                .hasMessageContaining("which lags");
    }
}
