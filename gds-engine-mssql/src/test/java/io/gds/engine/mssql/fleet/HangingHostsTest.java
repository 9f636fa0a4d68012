package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.Params;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.winrm.Gate;
import io.gds.database.testkit.winrm.Operation;
import io.gds.database.testkit.winrm.Trouble;
import io.gds.database.testkit.winrm.WinRmServer;
import io.gds.engine.mssql.HotfixRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that take connections and say nothing any more, for ever. */
@Tag("slow")
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingHostsTest {
    @TempDir
    private Path directory;

    @Test
    void theOthersAreDoneAndTheRunEndsWithAClearState() throws Exception {
        try (Fleet fleet = new Fleet(directory, 6, i -> FleetServer.Fate.GOOD)) {
            List<FleetServer> hanging = fleet.servers().subList(0, 2);
            hang(hanging);
            Path spec = Files.writeString(
                    directory.resolve("hanging.yaml"),
                    Files.readString(fleet.spec()).replace("shell: {", "shell: {connectTimeout: PT1S, "));
            try (DatabaseEngine engine = Engines.open(spec);
                    RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
                RunOutcome outcome = patcher.execute(
                        patcher.plan(
                                engine,
                                HotfixRequest.of(fleet.mapping())
                                        .serversAtOnce(3)
                                        .stepTimeout(Duration.ofSeconds(20))),
                        RunListener.printing(System.err));
                Map<String, String> status = patcher.runs().rows("hotfix_targets").stream()
                        .collect(Collectors.toMap(r -> r.string("server"), (Params r) -> r.string("status")));
                // the marks on those two could not be taken away, and the outcome says where they are
                assertThat(outcome).as(outcome.summary()).isInstanceOf(RunOutcome.Failed.class);
                assertThat(outcome.summary()).contains("no shell within").containsPattern("127-7-0-[12]");
                for (FleetServer s : fleet.servers()) {
                    assertThat(status.get(s.address)).isEqualTo(hanging.contains(s) ? "failed" : "success");
                    assertThat(s.update.started()).isEqualTo(1);
                }
            }
        }
    }

    /** From the moment on at which setup has been started there. */
    private static void hang(List<FleetServer> servers) {
        Thread thread = new Thread(() -> {
            for (FleetServer s : servers) {
                while (s.update.started() == 0) {
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                }
                for (Operation o : Operation.values()) {
                    s.winRm.plan(o, WinRmServer.FOR_EVER, Trouble.hold(new Gate()));
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
