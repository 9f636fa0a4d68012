package io.gds.engine.mongo.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.faults.HostProcess;
import io.gds.database.testkit.faults.KillChain;
import io.gds.samples.mongo.ReplicaSetMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host program dies, at every point there is, and another process carries on. */
@Tag("slow")
class OrchestratorKilledTest {
    private static MongoBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = MongoBed.start(b -> b.setting("heartbeatIntervalMillis", 500));
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void killedAtEveryStepBoundary() throws Exception {
        String target = bed.other();
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            KillChain chain = bed.chain("run", target, 1);
            invariants.patched(chain.atEveryBoundary(step -> true), target);
            assertThat(chain.killedAt()).hasSizeGreaterThan(18);
        }
    }

    @Tag("long")
    @Test
    void killedInsideEveryStep() throws Exception {
        String target = bed.other();
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            KillChain chain = bed.chain("run", target, System.nanoTime());
            invariants.patched(chain.insideEveryStep(step -> true), target);
            assertThat(chain.killedAt()).hasSizeGreaterThan(18);
        }
    }

    @Test
    void killedAtBoundariesOfTheWayBack() throws Exception {
        bed.onOldVersion();
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            breakTheLastMember();
            KillChain chain = bed.chain("run", MongoBed.NEW, 2);
            invariants.asFound(chain.atEveryBoundary(step -> step.startsWith("back")));
            assertThat(chain.killedAt()).hasSizeGreaterThan(12);
        }
    }

    @Tag("long")
    @Test
    void killedInsideStepsOfTheWayBack() throws Exception {
        bed.onOldVersion();
        try (SetInvariants invariants = SetInvariants.of(bed)) {
            breakTheLastMember();
            KillChain chain = bed.chain("run", MongoBed.NEW, System.nanoTime());
            invariants.asFound(chain.insideEveryStep(step -> step.startsWith("back")));
            assertThat(chain.killedAt()).hasSizeGreaterThan(12);
        }
    }

    /**
     * Patches until the new version is installed on the last member, the former primary, kills that host, and replaces the
     * version there by one that does not start: the way back is then as long as it can be.
     */
    private static void breakTheLastMember() throws Exception {
        ReplicaSetMember last = bed.set().primary();
        try (HostProcess host = bed.host(MongoBed.NEW, "STEP_VERIFIED")) {
            host.await("READY");
            host.tell("run");
            while (!host.await("STOPPED").get(2).equals(last.name() + "-install")) {
                host.tell("go");
            }
            host.kill();
        }
        last.install(bed.broken());
    }
}
