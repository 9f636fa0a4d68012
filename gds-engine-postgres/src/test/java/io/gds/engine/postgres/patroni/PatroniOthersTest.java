package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.Fault;
import io.gds.testbed.BedNode;
import io.gds.testbed.Eventually;
import io.gds.testbed.Invariants;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody else works on the cluster while it is patched. */
@Tag("slow")
public class PatroniOthersTest extends PatroniFaultCase {
    private static final String N2_IS_DONE = "n2-out-of-service-close";

    /** Holds dpkg's lock for so many seconds; returns when it is held. */
    private static void holdLock(BedNode n, int seconds) {
        n.run(
                "systemd-run",
                "--unit=lock",
                "python3",
                "-c",
                "import fcntl,time; f=open('/var/lib/dpkg/lock-frontend','w'); fcntl.lockf(f,fcntl.LOCK_EX);"
                        + " open('/run/locked','w'); time.sleep(" + seconds + ")");
        Eventually.holds(Duration.ofSeconds(30), "the lock is held", () -> n.exec("rm", "/run/locked")
                .ok());
    }

    @Test
    void packageLockHeldForTooLong() throws Exception {
        Invariants before = Invariants.of(bed());
        cluster().replacing("{type: apt}", "{type: apt, lockTimeout: PT2S}");
        Fault lock = Fault.at(RunEvent.Type.STEP_VERIFIED, "n2-stop", () -> holdLock(node("n2"), 600));
        RunOutcome outcome = run(plan(), lock);
        lock.mustHaveHappened();
        node("n2").systemctl("stop", "lock");
        asFound(outcome, "GDS-STEP-FAILED", before);
    }

    @Test
    void packageLockReleasedInTimeAndClusterPausedInTheMiddle() throws Exception {
        Invariants before = Invariants.of(bed());
        Fault lock = Fault.at(RunEvent.Type.STEP_VERIFIED, "n2-stop", () -> holdLock(node("n2"), 4));
        Fault pause = Fault.at(RunEvent.Type.STEP_VERIFIED, N2_IS_DONE, () -> pause("true"));
        List<String> waits = new CopyOnWriteArrayList<>();
        RunListener whoever = e -> {
            if (e.type() == RunEvent.Type.WAITING && e.data().toString().contains("paused") && waits.isEmpty()) {
                waits.add(e.step().orElse(""));
                resumeTheirPause();
            }
        };
        RunOutcome outcome = run(plan(), lock, pause, whoever);
        lock.mustHaveHappened();
        pause.mustHaveHappened();
        assertThat(waits).containsExactly("n3-stop");
        patched(outcome, before);
    }

    private void resumeTheirPause() {
        try {
            assertThat(bed().api().get(node("n1"), "/config").json("pause")).isEqualTo("true");
            pause("null");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void pause(String value) throws Exception {
        assertThat(bed().api()
                        .patchConfig(node("n1"), "{\"pause\": " + value + "}")
                        .status())
                .isEqualTo(200);
        Eventually.holds(Duration.ofSeconds(30), "everybody knows of the pause", () -> {
            boolean all = true;
            for (BedNode n : bed().members()) {
                all &= bed().api().get(n, "/patroni").json("pause").equals(value.equals("true") ? "true" : "");
            }
            return all;
        });
    }

    @Test
    void switchoverToAPatchedMember() throws Exception {
        Invariants before = Invariants.of(bed());
        Plan plan = cluster().plan(request().primaryTurn(PrimaryTurn.AUTO));
        Fault moved = Fault.at(RunEvent.Type.STEP_VERIFIED, N2_IS_DONE, () -> handOver("n1", "n2"));
        RunOutcome outcome = run(plan, moved);
        moved.mustHaveHappened();
        System.out.println(outcome);
        assertThat(bed().sql().leader()).isEqualTo(node("n2"));
        patched(outcome, before);
    }

    @Test
    void switchoverToAnUnpatchedMember() throws Exception {
        Invariants before = Invariants.of(bed());
        Plan plan = cluster().plan(request().primaryTurn(PrimaryTurn.AUTO));
        Fault moved = Fault.at(RunEvent.Type.STEP_VERIFIED, N2_IS_DONE, () -> handOver("n1", "n3"));
        RunOutcome outcome = run(plan, moved);
        moved.mustHaveHappened();
        System.out.println(outcome);
        assertThat(bed().sql().leader()).isEqualTo(node("n3"));
        handOver("n3", "n1");
        asFound(outcome, "PG-KERNEL-PRIMARY", before);
    }

    /** Patroni may refuse it once: the tags of a member that is in service again reach its leader a moment later. */
    private void handOver(String from, String to) {
        Eventually.holds(Duration.ofSeconds(60), to + " leads and " + from + " follows", () -> {
            if (bed().sql().leader().equals(node(from))) {
                bed().api().switchover(node(from), node(to));
            }
            return bed().sql().leader().equals(node(to)) && bed().sql().streams(node(from), node(to));
        });
    }
}
