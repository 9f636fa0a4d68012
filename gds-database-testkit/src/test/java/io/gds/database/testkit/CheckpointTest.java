package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunStatus;
import io.gds.database.spi.Probed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler stores half way; needs a coordinating thread besides the worker. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckpointTest {
    private final Scripted does = new Scripted("test.do@1");

    @Test
    void aCheckpointIsSeenAgainAfterACrash() {
        AtomicInteger seen = new AtomicInteger();
        does.apply = c -> {
            if (c.checkpointed().has("half")) {
                seen.incrementAndGet();
                return Params.empty();
            }
            c.checkpoint(Params.of("half", true));
            throw new SimulatedCrash("half way");
        };
        does.probe = c -> Probed.partial("half");
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Bench b = new Bench(2, x -> {}, w -> w.handler(does))) {
            b.process.withThreads(threads, x -> {});
            assertThatThrownBy(() -> b.execute(b.plan()
                            .step(Step.of("a", "test.do@1", "t").build())
                            .build()))
                    .isInstanceOf(SimulatedCrash.class);
            try (SimulatedProcess next = b.world.process()) {
                assertThat(next.patcher().resume(b.run(), RunListener.none()).status())
                        .isEqualTo(RunStatus.SUCCEEDED);
            }
            assertThat(seen).hasValue(1);
        } finally {
            threads.shutdown();
        }
    }
}
