package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.engine.postgres.faults.Fault;
import io.gds.testbed.BedNode;
import io.gds.testbed.Invariants;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Patroni, PostgreSQL or a whole host dies under a patch, or will not do what it must. */
@Tag("slow")
public class PatroniMemberKilledTest extends PatroniFaultCase {
    /** The last moment before the turn of n3. */
    private static final String N2_IS_DONE = "n2-out-of-service-close";

    /** The last moment before the leader's turn. */
    private static final String N3_IS_DONE = "n3-out-of-service-close";

    @Test
    void patroniKilledOnAReplica() throws Exception {
        goesThrough(N2_IS_DONE, () -> killPatroni(node("n3")));
    }

    @Test
    void patroniKilledOnTheLeader() throws Exception {
        goesThrough(N3_IS_DONE, () -> killPatroni(node("n1")));
    }

    @Test
    void postgresKilledOnAReplica() throws Exception {
        goesThrough(N2_IS_DONE, () -> killPostgres(node("n3")));
    }

    @Test
    void postgresKilledOnTheLeader() throws Exception {
        goesThrough(N3_IS_DONE, () -> killPostgres(node("n1")));
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

    private void goesThrough(String step, Fault.Harm harm) throws Exception {
        Invariants before = Invariants.of(bed());
        Fault fault = Fault.at(RunEvent.Type.STEP_VERIFIED, step, harm);
        RunOutcome outcome = run(plan(), fault);
        fault.mustHaveHappened();
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
