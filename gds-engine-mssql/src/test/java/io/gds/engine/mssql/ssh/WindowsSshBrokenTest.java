package io.gds.engine.mssql.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.Programs;
import io.gds.database.testkit.windows.WindowsHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break, and hosts that go down. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsSshBrokenTest {
    @TempDir
    Path dir;

    private final WindowsHost host = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private WindowsBehindSshd behind;
    private HostShell shell;

    @BeforeEach
    void open() {
        behind = new WindowsBehindSshd(host, dir);
        shell = behind.open();
        host.programs().add("hang.exe", Programs.hanging());
        host.programs().add("good.exe", Programs.saying("good", 0));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        if (shell != null) {
            shell.close();
        }
        if (behind != null) {
            behind.close();
        }
    }

    private Future<CommandResult> hang() {
        Future<CommandResult> command = threads.submit(() -> shell.run(Command.of("hang.exe")));
        Await.until("it runs", () -> host.processes().running("hang.exe").size() == 1);
        return command;
    }

    @Test
    void aCommandWhoseConnectionIsCutIsUnknownAndRunsOn() throws Exception {
        Future<CommandResult> command = hang();
        behind.sshd().killConnections();
        assertThat(command.get().status()).isEqualTo(Status.UNKNOWN);
        assertThat(command.get().exitCode()).isEqualTo(-1);
        assertThat(host.processes().running("hang.exe")).hasSize(1);
        assertThat(shell.run(Command.of("good.exe")).output()).isEqualTo("good\r\n");
    }

    @Test
    void oneWhoseHostRestartsIsUnknownAndTheNextOneRunsOnTheNewHost() throws Exception {
        Future<CommandResult> command = hang();
        behind.restart();
        assertThat(command.get().status()).isEqualTo(Status.UNKNOWN);
        assertThat(host.processes().running("hang.exe")).isEmpty();
        behind.powerShellIsDefault();
        behind.sshd().killConnections();
        assertThat(shell.run(Command.of("good.exe")).output()).isEqualTo("good\r\n");
        assertThat(behind.commands()).last().asString().contains("--%");
    }

    @Test
    void aHostThatGoesDownUnderItsSshdIsNoticed() throws Exception {
        Future<CommandResult> command = hang();
        host.restartTakes(java.time.Duration.ofMillis(300));
        host.restart();
        assertThat(command.get().status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void nothingIsStartedOnAHostThatIsGone() {
        behind.sshd().stop();
        assertThatThrownBy(() -> shell.run(Command.of("good.exe")))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("GDS-SSH-CONNECT");
                    assertThat(e.retryable()).isTrue();
                });
        assertThatThrownBy(() -> shell.read("C:\\x")).hasMessageContaining("GDS-SSH-CONNECT");
        assertThatThrownBy(() -> shell.write("C:\\x", new byte[1], "600", "")).hasMessageContaining("GDS-SSH-CONNECT");
        behind.sshd().start();
        assertThat(shell.run(Command.of("good.exe")).succeeded()).isTrue();
    }

    @Test
    void aConnectionThatDiedIdlyIsMadeAnew() {
        behind.sshd().killConnections();
        assertThat(shell.run(Command.of("good.exe")).succeeded()).isTrue();
        behind.sshd().killConnections();
        shell.write("C:\\x.txt", "new".getBytes(StandardCharsets.UTF_8), "600", "");
        assertThat(host.files().text("C:\\x.txt")).isEqualTo("new");
    }

    @Test
    void whoIsInterruptedHasTheCommandEnded() throws Exception {
        Future<CommandResult> command = hang();
        threads.shutdownNow();
        assertThatThrownBy(command::get).rootCause().isInstanceOf(InterruptedException.class);
        assertThatThrownBy(command::get)
                .hasMessageContaining("GDS-INTERRUPTED")
                .hasMessageContaining("its processes were ended");
        assertThat(host.processes().running("hang.exe")).isEmpty();
    }
}
