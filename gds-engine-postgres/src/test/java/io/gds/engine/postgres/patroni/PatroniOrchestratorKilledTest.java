package io.gds.engine.postgres.patroni;

import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.engine.postgres.faults.HostProcess;
import io.gds.testbed.Invariants;
import io.gds.testbed.WriteLoad;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host program is killed while it patches a cluster under Patroni. */
@Tag("slow")
public class PatroniOrchestratorKilledTest extends PatroniFaultCase {
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
