package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.faults.HostProcess;
import io.gds.database.testkit.faults.KillChain;
import io.gds.samples.embedded.Member;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host program dies, at every point there is, and another process carries on. */
@Tag("slow")
class OrchestratorKilledTest {
    private static final String BROKEN = "17.12";

    private static Bed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = Bed.start();
        bed.cluster().installBroken(BROKEN);
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    @Test
    void killedAtEveryStepBoundary() throws Exception {
        String target = bed.other();
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        KillChain chain = bed.chain("run", target, 1);
        KillChain.End end = chain.atEveryBoundary(step -> true);
        invariants.patched(end.run(), end.status(), end.summary(), target);
        assertThat(chain.killedAt()).hasSizeGreaterThan(18);
    }

    @Test
    void killedInsideEveryStep() throws Exception {
        String target = bed.other();
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        KillChain chain = bed.chain("run", target, System.nanoTime());
        KillChain.End end = chain.insideEveryStep(step -> true);
        invariants.patched(end.run(), end.status(), end.summary(), target);
        assertThat(chain.killedAt()).hasSizeGreaterThan(18);
    }

    @Test
    void killedAtBoundariesOfTheWayBack() throws Exception {
        String target = bed.onOldVersion();
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        breakTheLastMember(target);
        KillChain chain = bed.chain("run", target, 2);
        KillChain.End end = chain.atEveryBoundary(step -> step.startsWith("back"));
        invariants.asFound(end.run(), end.status(), end.summary());
        assertThat(chain.killedAt()).hasSizeGreaterThan(12);
    }

    @Test
    void killedInsideStepsOfTheWayBack() throws Exception {
        String target = bed.onOldVersion();
        ClusterInvariants invariants = ClusterInvariants.of(bed);
        breakTheLastMember(target);
        KillChain chain = bed.chain("run", target, System.nanoTime());
        KillChain.End end = chain.insideEveryStep(step -> step.startsWith("back"));
        invariants.asFound(end.run(), end.status(), end.summary());
        assertThat(chain.killedAt()).hasSizeGreaterThan(12);
    }

    /**
     * Patches until the new version is installed on the last member, the former primary, kills that host, and replaces the
     * version there by one that does not start: the way back is then as long as it can be.
     */
    private static void breakTheLastMember(String target) throws Exception {
        Member last = bed.cluster().primary();
        try (HostProcess host = bed.host(target, "STEP_VERIFIED")) {
            host.await("READY");
            host.tell("run");
            while (!host.await("STOPPED").get(2).equals(last.name() + "-install")) {
                host.tell("go");
            }
            host.kill();
        }
        last.install(BROKEN);
    }
}
