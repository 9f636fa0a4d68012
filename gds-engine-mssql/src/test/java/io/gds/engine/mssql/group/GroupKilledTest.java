package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.faults.KillChain;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.ReplicaSettings;
import io.gds.database.testkit.mssql.SetupBehaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Host programs that are killed while they patch a group, one after the other. */
@Tag("slow")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupKilledTest {
    /** Every so many steps one dies; 1 for every step. */
    private static final int EVERY = Integer.getInteger("gds.kill.every", 4);

    @TempDir
    private Path directory;

    private static AvailabilityGroup three(GroupBed bed) {
        return bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                .replica(bed.server(2).instance, ReplicaSettings.automatic())
                .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                .requiredSynchronizedSecondaries(2)
                .databases("db01", "db02"));
    }

    private KillChain.End killed(GroupBed bed, long seed) throws Exception {
        AtomicInteger begun = new AtomicInteger((int) Math.floorMod(seed, (long) EVERY));
        KillChain chain = new KillChain(
                bed.spec(GroupRun.PROBED),
                directory.resolve("killed.db"),
                GroupFaultPatch.class,
                "run",
                GroupServer.NEW,
                seed,
                Duration.ofMillis(800));
        KillChain.End end = chain.insideEveryStep(step -> begun.incrementAndGet() % EVERY == 0);
        assertThat(chain.killedAt()).hasSizeGreaterThan(5);
        return end;
    }

    @Test
    void killedInsideStepsItIsCarriedOnToTheEnd() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            three(bed);
            try (GroupRun run = new GroupRun(bed, directory)) {
                assertThat(killed(bed, System.nanoTime()).status()).isEqualTo("SUCCEEDED");
                run.runs(GroupServer.NEW);
                run.isAsFound();
                assertThat(run.failovers()).hasSize(1);
                assertThat(bed.servers())
                        .allSatisfy(s -> assertThat(s.update.started()).isEqualTo(1));
            }
        }
    }

    /** The last one's setup fails: all the way back, with its failover, is made by programs that die. */
    @Test
    void killedOnTheWayBackItIsCarriedBack() throws Exception {
        try (GroupBed bed = new GroupBed(directory, 3)) {
            three(bed);
            bed.server(1)
                    .update
                    .first(SetupBehaviour.failing(1603, "Fatal error during installation.")
                            .in(Duration.ofMillis(200)));
            String primary = bed.primary();
            try (GroupRun run = new GroupRun(bed, directory)) {
                assertThat(killed(bed, System.nanoTime()).status()).isEqualTo("ROLLED_BACK");
                run.runs(GroupServer.OLD);
                run.isAsFound();
                assertThat(bed.primary()).isEqualTo(primary);
            }
        }
    }
}
