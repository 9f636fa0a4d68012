package io.gds.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final int MORE_THAN_A_PIPE_HOLDS = 300_000;

    /** JDK 25 gives such readings to the common pool also where it has one thread: the other output filled up, and the command hung. */
    @Test
    void bothOutputsAreReadWhileTheCommonPoolIsBusy() {
        CountDownLatch over =
                new CountDownLatch(1); // the pool makes up for what waits by means of its own, not for this
        for (int i = 0; i <= ForkJoinPool.getCommonPoolParallelism(); i++) {
            ForkJoinPool.commonPool().execute(() -> await(over));
        }
        try {
            CommandResult result = Commands.run(
                    List.of("sh", "-c", "head -c " + MORE_THAN_A_PIPE_HOLDS + " /dev/zero >&2; echo done"),
                    Map.of(),
                    Duration.ofSeconds(30));
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).isEqualTo("done\n");
            assertThat(result.err()).hasSize(MORE_THAN_A_PIPE_HOLDS);
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
