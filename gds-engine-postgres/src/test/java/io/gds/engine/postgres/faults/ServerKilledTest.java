package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Plan;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.Fault;
import io.gds.samples.embedded.Member;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SIGKILL of a postmaster while the cluster is being patched. */
@Tag("slow")
class ServerKilledTest {
    private static Bed bed;

    private ClusterInvariants invariants;
    private String target;
    private Plan plan;
    private List<Member> order;

    @BeforeAll
    static void start() throws Exception {
        bed = Bed.start();
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    @BeforeEach
    void look() throws Exception {
        target = bed.other();
        plan = bed.plan(Patches.to(target));
        order = bed.order(plan);
        invariants = ClusterInvariants.of(bed);
        assertThat(order).hasSize(3);
    }

    private void succeedsDespite(Fault fault) throws Exception {
        RunOutcome outcome = bed.execute(plan, fault);
        fault.mustHaveHappened();
        invariants.patched(outcome, target);
    }

    @Test
    void standbyKilledWhileItIsPatched() throws Exception {
        Member canary = order.get(0);
        succeedsDespite(Fault.at(RunEvent.Type.STEP_APPLIED, canary.name() + "-start", canary::kill));
    }

    @Test
    void standbyKilledWhenItIsAskedToStop() throws Exception {
        Member canary = order.get(0);
        succeedsDespite(Fault.at(RunEvent.Type.STEP_INTENT, canary.name() + "-stop", canary::kill));
    }

    @Test
    void otherStandbyKilledMeanwhile() throws Exception {
        Member other = order.get(1);
        succeedsDespite(Fault.at(RunEvent.Type.STEP_VERIFIED, order.get(0).name() + "-stop", other::kill));
    }

    @Test
    void primaryKilledDuringTheSoak() throws Exception {
        succeedsDespite(Fault.at(RunEvent.Type.GATE_REACHED, "", order.get(2)::kill));
    }

    @Test
    void primaryKilledWhileAStandbyIsPatched() throws Exception {
        succeedsDespite(Fault.at(RunEvent.Type.STEP_VERIFIED, order.get(1).name() + "-stop", order.get(2)::kill));
    }

    @Test
    void primaryKilledAsTheSwitchoverBegins() throws Exception {
        succeedsDespite(Fault.at(RunEvent.Type.STEP_INTENT, "switchover", order.get(2)::kill));
    }

    @Test
    void newPrimaryKilledWhileTheFormerOneIsPatched() throws Exception {
        succeedsDespite(Fault.at(RunEvent.Type.STEP_VERIFIED, order.get(2).name() + "-install", () -> bed.cluster()
                .primary()
                .kill()));
    }

    @Test
    void newPrimaryKilledWhileTheFormerOneStarts() throws Exception {
        succeedsDespite(Fault.at(RunEvent.Type.STEP_APPLIED, order.get(2).name() + "-start", () -> bed.cluster()
                .primary()
                .kill()));
    }
}
