package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.engine.postgres.faults.HostProcess;
import io.gds.engine.postgres.faults.KillChain;
import io.gds.testbed.Invariants;
import io.gds.testbed.WriteLoad;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host program is killed while it patches a cluster under Patroni. */
@Tag("slow")
public class PatroniOrchestratorKilledTest extends PatroniFaultCase {
    /** One of each kind; the leader's turn is a switchover or a restart. */
    private static final Set<String> BOUNDARIES = Set.of(
            "check",
            "n2-out-of-service-open",
            "n2-stop",
            "n2-install",
            "n2-start",
            "choose-turn",
            "settle",
            "n1-settle",
            "switchover",
            "n1-restart",
            "n1-pooler-pause-close",
            "pooler-pause-close");

    private static final Set<String> EFFECTS = Set.of(
            "n2-out-of-service-open",
            "n2-stop",
            "n2-install",
            "n2-start",
            "n2-out-of-service-close",
            "switchover",
            "n1-restart",
            "n1-pooler-pause-open",
            "pooler-pause-open");

    @Test
    void killedAtStepBoundaries() throws Exception {
        chain(1, k -> k.atEveryBoundary(BOUNDARIES::contains), 8);
    }

    @Test
    void killedInsideSteps() throws Exception {
        chain(System.nanoTime(), k -> k.insideEveryStep(EFFECTS::contains), 7);
    }

    private interface Way {
        KillChain.End go(KillChain chain) throws Exception;
    }

    private void chain(long seed, Way way, int kills) throws Exception {
        Invariants before = Invariants.of(bed());
        KillChain chain = new KillChain(
                cluster().spec(), cluster().journal(), "run", bed().newMinor().upstream(), seed, Duration.ofSeconds(2));
        try (WriteLoad load = load()) {
            KillChain.End end = way.go(chain);
            load.awaitCommits(20, Duration.ofSeconds(60));
            System.out.println(load.stop().assertNothingLost());
            assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
        }
        System.out.println("killed at " + chain.killedAt());
        assertThat(chain.killedAt()).hasSizeGreaterThanOrEqualTo(kills);
        before.assertKept();
        everybodyRuns(bed().newMinor());
    }

    @Test
    void killedWhileThePoolerIsPausedAndNobodyResumes() throws Exception {
        Invariants before = Invariants.of(bed());
        cluster().replacing("port: 6432,", "port: 6432, pauseLimit: PT6S,");
        try (WriteLoad load = load()) {
            String run = killWhilePaused();
            load.awaitCommits(20, Duration.ofSeconds(9));
            resume(run, load, before);
        }
    }

    @Test
    void killedWhileThePoolerIsPausedAndResumed() throws Exception {
        Invariants before = Invariants.of(bed());
        try (WriteLoad load = load()) {
            String run = killWhilePaused();
            resume(run, load, before);
            List<RunEvent> events =
                    cluster().patcher().runs().find(RunId.of(run)).orElseThrow().events();
            int second = events.stream()
                    .filter(e -> e.type() == RunEvent.Type.LEASE_TAKEN)
                    .mapToInt(events::indexOf)
                    .max()
                    .orElseThrow();
            List<RunEvent> acts = events.subList(second, events.size()).stream()
                    .filter(e -> e.type() == RunEvent.Type.STEP_INTENT)
                    .toList();
            System.out.println(events.subList(second, Math.min(second + 12, events.size())));
            assertThat(acts.get(0).step()).get().asString().endsWith("pooler-pause-close");
        }
    }

    private WriteLoad load() {
        return WriteLoad.through(bed(), bed().sql().pgbouncerUrl(), 3, Duration.ofMillis(10))
                .awaitCommits(20, Duration.ofSeconds(30));
    }

    private String killWhilePaused() throws Exception {
        try (HostProcess host = HostProcess.launch(
                cluster().spec(), cluster().journal(), bed().newMinor().upstream(), "STEP_VERIFIED")) {
            host.await("READY");
            host.tell("run");
            while (!host.await("STOPPED").get(2).endsWith("pooler-pause-open")) {
                host.tell("go");
            }
            host.kill();
        }
        return cluster().patcher().runs().list().get(0).run().value();
    }

    private void resume(String run, WriteLoad load, Invariants before) throws Exception {
        RunOutcome outcome = cluster().patcher().resume(RunId.of(run), RunListener.none());
        load.awaitCommits(20, Duration.ofSeconds(30));
        System.out.println(load.stop().assertNothingLost());
        patched(outcome, before);
    }
}
