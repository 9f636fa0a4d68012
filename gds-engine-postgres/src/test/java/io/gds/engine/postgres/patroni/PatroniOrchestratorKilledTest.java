package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.PrimaryTurn;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.faults.HostProcess;
import io.gds.database.testkit.faults.KillChain;
import io.gds.engine.postgres.faults.PostgresFaultPatch;
import io.gds.testbed.Invariants;
import io.gds.testbed.WriteLoad;
import io.gds.testbed.WriteLoadResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host program is killed while it patches a cluster under Patroni. */
@Tag("slow")
public class PatroniOrchestratorKilledTest extends PatroniFaultCase {
    @Test
    void killedAtEveryStepBoundary() throws Exception {
        Invariants before = Invariants.of(bed());
        KillChain chain = chain("run RESTART_IN_PLACE", 1);
        try (WriteLoad load = load()) {
            ends("SUCCEEDED", chain.atEveryBoundary(step -> true), load).assertNoneFailed();
        }
        assertThat(chain.killedAt()).hasSizeGreaterThan(20);
        before.assertKept();
        everybodyRuns(bed().newMinor());
    }

    @Test
    @Tag("long")
    void killedInsideEveryStep() throws Exception {
        Invariants before = Invariants.of(bed());
        KillChain chain = chain("run SWITCHOVER", System.nanoTime());
        try (WriteLoad load = load()) {
            ends("SUCCEEDED", chain.insideEveryStep(step -> true), load).assertNothingLost();
        }
        assertThat(chain.killedAt()).hasSizeGreaterThan(20);
        before.assertKept();
        everybodyRuns(bed().newMinor());
    }

    @Test
    @Tag("long")
    void killedAtBoundariesOfTheWayBack() throws Exception {
        Invariants before = Invariants.of(bed());
        RunOutcome patch = cluster().patcher().execute(plan(), RunListener.none());
        patched(patch, before);
        KillChain chain = chain("rollback " + patch.run(), 2);
        try (WriteLoad load = load()) {
            ends("ROLLED_BACK", chain.atEveryBoundary(step -> step.startsWith("back")), load)
                    .assertNoneFailed();
        }
        assertThat(chain.killedAt()).hasSizeGreaterThan(10);
        before.assertKept();
        everybodyRuns(bed().oldMinor());
    }

    private KillChain chain(String order, long seed) {
        return new KillChain(
                cluster().spec(),
                cluster().journal(),
                PostgresFaultPatch.class,
                order,
                bed().newMinor().upstream(),
                seed,
                Duration.ofSeconds(2));
    }

    private static WriteLoadResult ends(String status, KillChain.End end, WriteLoad load) {
        assertThat(end.status()).as(end.summary()).isEqualTo(status);
        load.awaitCommits(20, Duration.ofSeconds(60));
        return load.stop();
    }

    @Test
    void killedWhileThePoolerIsPausedAndNobodyResumes() throws Exception {
        Invariants before = Invariants.of(bed());
        cluster().replacing("port: 6432,", "port: 6432, pauseLimit: PT12S,");
        try (WriteLoad load = load()) {
            String run = killWhilePaused(PrimaryTurn.RESTART_IN_PLACE);
            load.awaitCommits(20, Duration.ofSeconds(18));
            resume(run, load, before);
        }
    }

    @Test
    @Tag("long")
    void killedWhileThePoolerIsPausedAndResumed() throws Exception {
        resumesFirst(PrimaryTurn.RESTART_IN_PLACE);
    }

    @Test
    void killedWhileThePoolerIsPausedForASwitchoverAndResumed() throws Exception {
        resumesFirst(PrimaryTurn.SWITCHOVER);
    }

    /** Nothing is begun, and nothing else is written, before the pooler lets clients through again. */
    private void resumesFirst(PrimaryTurn turn) throws Exception {
        Invariants before = Invariants.of(bed());
        try (WriteLoad load = load()) {
            String run = killWhilePaused(turn);
            resume(run, load, before);
            List<RunEvent> events =
                    cluster().patcher().runs().find(RunId.of(run)).orElseThrow().events();
            int taken = IntStream.range(0, events.size())
                    .filter(i -> events.get(i).type() == RunEvent.Type.LEASE_TAKEN)
                    .max()
                    .orElseThrow();
            List<String> acts = events.subList(taken + 1, events.size()).stream()
                    .filter(e -> e.step().isPresent() && e.type() != RunEvent.Type.WAITING)
                    .limit(3)
                    .map(e -> e.type() + " " + e.step().get().replaceFirst("^n1-", ""))
                    .toList();
            assertThat(acts)
                    .as(events.subList(taken, events.size()).toString())
                    .containsExactly(
                            "STEP_INTENT pooler-pause-close",
                            "STEP_APPLIED pooler-pause-close",
                            "STEP_VERIFIED pooler-pause-close");
        }
    }

    private WriteLoad load() {
        return WriteLoad.through(bed(), bed().sql().pgbouncerUrl(), 2, Duration.ofMillis(20))
                .awaitCommits(20, Duration.ofSeconds(30));
    }

    private String killWhilePaused(PrimaryTurn turn) throws Exception {
        try (HostProcess host = HostProcess.launch(
                cluster().spec(),
                cluster().journal(),
                PostgresFaultPatch.class,
                bed().newMinor().upstream(),
                "STEP_VERIFIED")) {
            host.await("READY");
            host.tell("run " + turn);
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
        System.out.println(load.stop().assertNothingLost().assertNoneFailed());
        patched(outcome, before);
    }
}
