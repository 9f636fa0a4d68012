package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.Fault;
import io.gds.testbed.BedNode;
import io.gds.testbed.Eventually;
import io.gds.testbed.Invariants;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Patroni, PostgreSQL or a whole host dies under a patch, or will not do what it must. */
@Tag("slow")
public class PatroniMemberKilledTest extends PatroniFaultCase {
    /** The last moment before the turn of n3. */
    private static final String N2_IS_DONE = "n2-out-of-service-close";

    /** The last moment before the leader's turn. */
    private static final String N3_IS_DONE = "n3-out-of-service-close";

    private static final String RECEIVER = "^postgres: .* walreceiver";

    @Test
    void patroniKilledOnAReplicaAndThenOnTheLeader() throws Exception {
        goesThrough(PatroniMemberKilledTest::killPatroni);
    }

    @Test
    void postgresKilledOnAReplicaAndThenOnTheLeader() throws Exception {
        goesThrough(PatroniMemberKilledTest::killPostgres);
    }

    @Test
    void oneOfThreeEtcdsDown() throws Exception {
        Invariants before = Invariants.of(bed());
        node("n3").systemctl("stop", "etcd");
        RunOutcome outcome = run(plan());
        node("n3").systemctl("start", "etcd");
        patched(outcome, before);
    }

    @Test
    void hostDiesBetweenInstallAndStart() throws Exception {
        Invariants before = Invariants.of(bed());
        AtomicReference<CompletableFuture<Void>> boot = new AtomicReference<>(CompletableFuture.completedFuture(null));
        Fault crash = Fault.at(RunEvent.Type.STEP_VERIFIED, "n2-install", () -> {
            node("n2").crash();
            boot.set(CompletableFuture.runAsync(() -> node("n2").boot()));
        });
        RunOutcome outcome = run(plan(), crash);
        crash.mustHaveHappened();
        boot.get().join();
        patched(outcome, before);
    }

    /** The postmaster of the new version ends as soon as it is a standby. */
    @Test
    void newVersionBreaksReplay() throws Exception {
        Invariants before = Invariants.of(bed());
        Instant leader = bed().sql().postmasterStart(node("n1"));
        Fault broken = Fault.at(RunEvent.Type.STEP_VERIFIED, "n2-install", () -> breakStandby(node("n2")));
        RunOutcome outcome = run(cluster().plan(request().memberTimeout(Duration.ofSeconds(15))), broken);
        broken.mustHaveHappened();
        asFound(outcome, "GDS-STEP-TIMEOUT", before);
        assertThat(bed().sql().leader()).isEqualTo(node("n1"));
        assertThat(bed().sql().postmasterStart(node("n1"))).isEqualTo(leader);
    }

    /** Patroni resumes a replay that is paused, so it is the receiver that stands still, until the way back begins. */
    @Test
    void replicaThatFallsBehind() throws Exception {
        Invariants before = Invariants.of(bed());
        Fault stopped = Fault.at(
                RunEvent.Type.STEP_APPLIED,
                "n2-start",
                () -> Eventually.holds(Duration.ofSeconds(60), "n2 receives no more", () -> node("n2")
                        .exec("pkill", "-STOP", "-f", RECEIVER)
                        .ok()));
        Fault released =
                Fault.at(RunEvent.Type.WAY_BACK_STARTED, "", () -> node("n2").exec("pkill", "-CONT", "-f", RECEIVER));
        RunOutcome outcome = run(cluster().plan(request().memberTimeout(Duration.ofSeconds(15))), stopped, released);
        stopped.mustHaveHappened();
        released.mustHaveHappened();
        asFound(outcome, "GDS-STEP-TIMEOUT", before);
    }

    @Test
    void diskFullWhileAMemberIsDown() throws Exception {
        Invariants before = Invariants.of(bed());
        Fault full = Fault.at(RunEvent.Type.STEP_VERIFIED, "n2-install", () -> fillDisk(node("n2")));
        RunOutcome halted = run(plan(), full);
        full.mustHaveHappened();
        assertThat(halted).isInstanceOf(RunOutcome.Failed.class);
        assertThat(((RunOutcome.Failed) halted).cause().id()).isEqualTo("PG-DISK-FULL");
        assertThat(bed().sql().leader()).isEqualTo(node("n1"));
        node("n2").run("sh", "-c", "mount -o remount,size=2g /var/lib/postgresql/*/main");
        RunOutcome back = cluster().patcher().rollback(halted.run(), KIM, RunListener.none());
        asFound(back, "GDS-ROLLBACK-REQUESTED", before);
    }

    @Test
    void packageCacheFull() throws Exception {
        Invariants before = Invariants.of(bed());
        Fault full = Fault.at(RunEvent.Type.STEP_VERIFIED, "check", () -> node("n3")
                .run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/var/cache/apt/archives"));
        RunOutcome outcome = run(plan(), full);
        full.mustHaveHappened();
        System.out.println(outcome);
        node("n3").run("umount", "/var/cache/apt/archives");
        asFound(outcome, "GDS-STEP-FAILED", before);
    }

    /** The data moves to a disk that has no room for more. */
    private static void fillDisk(BedNode n) {
        n.run(
                "sh",
                "-ec",
                "d=$(echo /var/lib/postgresql/*/main); s=$(du -sk $d | cut -f 1); mkdir /run/small; mount -t tmpfs -o"
                        + " size=$((s + 4096))k tmpfs /run/small; cp -a $d/. /run/small/; chown --reference=$d /run/small;"
                        + " chmod --reference=$d /run/small; mount --bind /run/small $d; umount /run/small; rmdir"
                        + " /run/small; cat /dev/zero > $d/ballast || :");
    }

    private void goesThrough(Consumer<BedNode> kill) throws Exception {
        Invariants before = Invariants.of(bed());
        Fault replica = Fault.at(RunEvent.Type.STEP_VERIFIED, N2_IS_DONE, () -> kill.accept(node("n3")));
        Fault leader = Fault.at(RunEvent.Type.STEP_VERIFIED, N3_IS_DONE, () -> kill.accept(node("n1")));
        RunOutcome outcome = run(plan(), replica, leader);
        replica.mustHaveHappened();
        leader.mustHaveHappened();
        patched(outcome, before);
    }

    private static void killPatroni(BedNode n) {
        n.run("systemctl", "kill", "--kill-who=main", "--signal=SIGKILL", "patroni");
    }

    private static void killPostgres(BedNode n) {
        n.run("sh", "-c", "kill -9 $(head -n 1 /var/lib/postgresql/*/main/postmaster.pid)");
    }

    private void breakStandby(BedNode n) {
        String program = "/usr/lib/postgresql/" + bed().pgMajor() + "/bin/postgres";
        String wrapper = "#!/bin/sh\ncase \" $* \" in *\" -D \"*)\n echo 'PANIC:  WAL contains references to invalid"
                + " pages' >&2\n exit 1;;\nesac\nexec " + program + ".whole \"$@\"\n";
        n.run("mv", program, program + ".whole");
        n.run("sh", "-c", "printf %s \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", wrapper, program);
    }
}
