package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.faults.KillChain;
import io.gds.database.testkit.mssql.SuspendReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Host programs that are killed while they patch both halves of a distributed group, one after the other. */
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DistributedKilledTest {
    /** Every so many steps one dies; 1 for every step. */
    private static final int EVERY = Integer.getInteger("gds.kill.every", 6);

    @TempDir
    private Path directory;

    @Test
    void killedInsideStepsBothHalvesAreCarriedOnToTheEnd() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 5)) {
            Distributed both = new Distributed(bed);
            both.dag.suspendsNewForwarders(SuspendReason.REDO);
            try (GroupRun run = new GroupRun(bed, directory)) {
                AtomicInteger begun = new AtomicInteger((int) Math.floorMod(System.nanoTime(), (long) EVERY));
                KillChain chain = new KillChain(
                        bed.spec(GroupRun.PROBED),
                        directory.resolve("killed.db"),
                        GroupFaultPatch.class,
                        "run",
                        GroupServer.NEW,
                        System.nanoTime(),
                        Duration.ofMillis(800));
                KillChain.End end = chain.insideEveryStep(step -> begun.incrementAndGet() % EVERY == 0);
                assertThat(chain.killedAt()).hasSizeGreaterThan(5);
                assertThat(end.status()).isEqualTo("SUCCEEDED");
                run.runs(GroupServer.NEW);
                run.isAsFound();
                assertThat(run.failovers()).containsExactly("ag1 to SQL02", "ag2 to SQL04");
                assertThat(both.turns()).containsExactly("SQL05", "SQL04", "SQL03", "SQL02", "SQL01");
                assertThat(bed.servers())
                        .allSatisfy(s -> assertThat(s.update.started()).isEqualTo(1));
                both.hasEverything();
            }
        }
    }
}
