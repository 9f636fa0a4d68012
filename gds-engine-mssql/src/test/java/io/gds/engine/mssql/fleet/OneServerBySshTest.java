package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.testkit.mssql.SetupBehaviour;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.ssh.WindowsBehindSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same server, plan and package as over WinRM, by a real OpenSSH. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OneServerBySshTest {
    @TempDir
    private Path directory;

    @Test
    void aHotfixIsInstalledAndProvenAlthoughTheConnectionIsCut() throws Exception {
        SetupBehaviour slow = SetupBehaviour.good().in(Duration.ofSeconds(5));
        try (OneServer server = new OneServer(directory, slow);
                WindowsBehindSshd behind =
                        new WindowsBehindSshd(server.host, Files.createDirectory(directory.resolve("sshd")));
                DatabaseEngine fleet =
                        Engines.open(server.spec("test", behind.settings().toJson()), "the test");
                RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
            Thread cutter = new Thread(() -> {
                while (server.update.started() == 0) {
                    Thread.onSpinWait();
                }
                behind.cut();
            });
            cutter.setDaemon(true);
            cutter.start();
            RunOutcome outcome = patcher.execute(
                    patcher.plan(fleet, HotfixRequest.of("the test", OneServer.MAPPING)),
                    RunListener.printing(System.err));
            assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
            assertThat(server.installed.patchLevel()).isEqualTo(OneServer.NEW);
            assertThat(server.update.started()).isEqualTo(1);
            assertThat(server.host.files().list("C:\\ProgramData\\gds\\jobs", true))
                    .isEmpty();
            assertThat(server.host.files().exists("C:\\ProgramData\\gds\\claim"))
                    .isFalse();
            assertThat(server.host.tasks().all()).isEmpty();
            assertThat(server.host.unsupported()).isEmpty();
        }
    }
}
