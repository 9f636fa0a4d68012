package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The host program dies, at every point there is, and another process carries on. */
class OrchestratorKilledTest {
    private static Bed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = Bed.start();
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    @Test
    void killedAtEveryStepBoundary() throws Exception {
        String target = bed.other();
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        KillChain chain = new KillChain(bed, "run", target, 1);
        KillChain.End end = chain.atEveryBoundary(step -> true);
        invariants.patched(end.run(), end.status(), end.summary(), target);
        assertThat(chain.killedAt()).hasSizeGreaterThan(18);
    }

    @Test
    void killedInsideEveryStep() throws Exception {
        String target = bed.other();
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        KillChain chain = new KillChain(bed, "run", target, System.nanoTime());
        KillChain.End end = chain.insideEveryStep(step -> true);
        invariants.patched(end.run(), end.status(), end.summary(), target);
        assertThat(chain.killedAt()).hasSizeGreaterThan(18);
    }

    @Test
    void killedAtBoundariesOfTheWayBack() throws Exception {
        String target = bed.onOldVersion();
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        KillChain chain = new KillChain(bed, "run", target, 2);
        try (BrokenLate broken = new BrokenLate(target)) {
            broken.afterSwitchover();
            KillChain.End end = chain.atEveryBoundary(step -> step.startsWith("back"));
            invariants.asFound(end.run(), end.status(), end.summary());
        }
        assertThat(chain.killedAt()).hasSizeGreaterThan(12);
    }

    @Test
    void killedInsideStepsOfTheWayBack() throws Exception {
        String target = bed.onOldVersion();
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        KillChain chain = new KillChain(bed, "run", target, System.nanoTime());
        try (BrokenLate broken = new BrokenLate(target)) {
            broken.afterSwitchover();
            KillChain.End end = chain.insideEveryStep(step -> step.startsWith("back"));
            invariants.asFound(end.run(), end.status(), end.summary());
        }
        assertThat(chain.killedAt()).hasSizeGreaterThan(12);
    }

    /** Makes the new version one that does not start any more once two members run it, so that the way back is a long one. */
    private static final class BrokenLate implements AutoCloseable {
        private final Path version;
        private final Path kept;
        private final String target;

        BrokenLate(String target) {
            this.target = target;
            this.version = bed.cluster().versionsDir().resolve(target);
            this.kept = bed.cluster().versionsDir().resolve("." + target + "-kept");
        }

        /** Patches until another member is primary, kills that host, and breaks the version. */
        void afterSwitchover() throws Exception {
            try (HostProcess host = bed.host(target, "STEP_VERIFIED")) {
                host.await("READY");
                host.tell("run");
                while (!host.await("STOPPED").get(2).equals("switchover")) {
                    host.tell("go");
                }
                host.kill();
            }
            Files.move(version, kept);
            bed.cluster().installBroken(target);
        }

        @Override
        public void close() throws IOException {
            if (Files.exists(kept)) {
                Files.move(version, bed.cluster().versionsDir().resolve("." + target + "-broken" + System.nanoTime()));
                Files.move(kept, version);
            }
        }
    }
}
