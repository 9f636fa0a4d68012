package io.gds.engine.mssql.clone;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.faults.KillChain;
import io.gds.database.testkit.mssql.SetupBehaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Host programs are killed inside of steps, one after the other. The next one goes on, and the last one leaves nothing behind. */
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloneKilledTest {
    /** Every so many steps one dies; 1 for every step. */
    private static final int EVERY = Integer.getInteger("gds.kill.every", 2);

    @TempDir
    private Path directory;

    private KillChain.End killed(CloneBed bed, int atLeast) throws Exception {
        long seed = System.nanoTime();
        AtomicInteger begun = new AtomicInteger((int) Math.floorMod(seed, (long) EVERY));
        KillChain chain = new KillChain(
                bed.specFile(),
                directory.resolve("killed.db"),
                CloneFaultPatch.class,
                "run",
                bed.mapping.toString(),
                seed,
                Duration.ofMillis(400));
        KillChain.End end = chain.insideEveryStep(step -> begun.incrementAndGet() % EVERY == 0);
        assertThat(chain.killedAt()).hasSizeGreaterThanOrEqualTo(atLeast);
        return end;
    }

    @Test
    void killedInsideStepsItIsCarriedOnToTheEnd() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            assertThat(killed(bed, 4).status()).isEqualTo("SUCCEEDED");
            assertThat(bed.sandbox.instance.version()).isEqualTo(CloneServer.NEW);
            assertThat(bed.sandbox.update.started()).isEqualTo(1);
            bed.isClean();
        }
    }

    @Test
    void killedOnTheWayBackOfATestThatFailedItLeavesNothing() throws Exception {
        try (CloneBed bed = new CloneBed(directory)) {
            bed.sandbox.update.first(SetupBehaviour.failing(1603, "Fatal error during installation.")
                    .in(Duration.ofMillis(200)));
            KillChain.End end = killed(bed, 3);
            assertThat(end.status()).isEqualTo("FAILED");
            assertThat(end.summary()).contains("MSSQL-SETUP-FAILED", "1603");
            assertThat(bed.sandbox.update.started()).isEqualTo(1);
            bed.isClean();
        }
    }
}
