package io.gds.database.core.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break. */
class SshBrokenTest {
    @TempDir
    Path dir;

    private Sshd sshd;
    private SshShell shell;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        sshd = Sshd.start(dir, List.of("MaxSessions 3"));
        shell = sshd.open();
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        SshShellTest.pids(dir.resolve("pids"))
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        if (shell != null) {
            shell.close();
        }
        if (sshd != null) {
            sshd.close();
        }
    }

    private Future<CommandResult> start(Command command) {
        Future<CommandResult> running = callers.submit(() -> shell.run(command));
        Await.until("it runs", () -> Files.exists(dir.resolve("began")));
        return running;
    }

    private Command counted(String then) {
        return Command.of(
                "sh",
                "-c",
                "echo run >> " + dir + "/count; echo $$ >> " + dir + "/pids; echo heard; echo > " + dir + "/began; "
                        + then);
    }

    @Test
    void anAnswerThatIsLostIsUnknownAndTheCommandRunsOnceToItsEnd() throws Exception {
        Future<CommandResult> running = start(
                counted("while [ ! -e " + dir + "/go ]; do sleep 0.05; done; seq 100000; echo > " + dir + "/end"));
        sshd.killConnections();
        CommandResult result = running.get();
        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat("heard\n").startsWith(result.output());
        assertThat(result.truncated()).isTrue();
        Files.createFile(dir.resolve("go"));
        Await.until("the command came to its end although nobody listened", () -> Files.exists(dir.resolve("end")));
        assertThat(shell.run(Command.of("cat", dir + "/count")).output()).isEqualTo("run\n");
    }

    @Test
    void theHostKeepsTheTimeLimitWhenWeAreGone() throws Exception {
        Future<CommandResult> running = start(counted("sleep 600 & wait").timeout(Duration.ofSeconds(2)));
        sshd.killConnections();
        assertThat(running.get().status()).isEqualTo(Status.UNKNOWN);
        long pid = SshShellTest.pids(dir.resolve("pids")).get(0);
        assertThat(SshShellTest.lives(pid)).isTrue();
        Await.until("its time is over and it is gone", () -> !SshShellTest.lives(pid));
    }

    @Test
    void aConnectionThatDiedMeanwhileIsMadeAnew() {
        for (int i = 0; i < 3; i++) {
            sshd.killConnections();
            assertThat(shell.run(Command.of("echo", "again")).output()).isEqualTo("again\n");
        }
        sshd.stop();
        assertThatThrownBy(() -> shell.run(Command.of("true")))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                        .isTrue())
                .hasMessageContaining("GDS-SSH-CONNECT");
        sshd.start();
        assertThat(shell.run(Command.of("echo", "back")).output()).isEqualTo("back\n");
    }

    @Test
    void aPeerThatSaysNothingIsFoundOutBeforeTheCommandIsSent() {
        shell.close();
        shell = sshd.open(sshd.settings().with("connectTimeout", "PT1S"));
        sshd.freezeConnections();
        try {
            assertThat(shell.run(Command.of("echo", "again")).output()).isEqualTo("again\n");
        } finally {
            sshd.thawConnections();
        }
    }

    @Test
    void keepAlivesFindAPeerThatFellSilentInMidCommand() throws Exception {
        shell.close();
        shell = sshd.open(sshd.settings().with("keepAlive", "PT1S"));
        Future<CommandResult> running = start(counted("sleep 600").timeout(Duration.ofMinutes(30)));
        sshd.freezeConnections();
        try {
            assertThat(running.get().status()).isEqualTo(Status.UNKNOWN);
            assertThat(running.get().took()).isLessThan(Duration.ofMinutes(1));
        } finally {
            sshd.thawConnections();
        }
    }

    @Test
    void whatRunsOnAConnectionOutlivesItsReplacement() throws Exception {
        shell.close();
        shell = sshd.open(sshd.settings().with("connectTimeout", "PT1S"));
        Future<CommandResult> running = start(counted("while [ ! -e " + dir + "/go ]; do sleep 0.05; done; echo done"));
        sshd.freezeConnections(); // too long for the next command, not long enough for this one
        try {
            assertThat(shell.run(Command.of("echo", "next")).output()).isEqualTo("next\n");
        } finally {
            sshd.thawConnections();
        }
        Files.createFile(dir.resolve("go"));
        assertThat(running.get().output()).isEqualTo("heard\ndone\n");
        assertThat(running.get().succeeded()).isTrue();
    }

    @Test
    void closingTheShellIsALostAnswerForWhatRuns() throws Exception {
        Future<CommandResult> running = start(counted("sleep 600").timeout(Duration.ofMinutes(30)));
        assertThat(running.isDone()).isFalse();
        shell.close();
        assertThat(running.get().status()).isEqualTo(Status.UNKNOWN);
        assertThatThrownBy(() -> shell.run(Command.of("true"))).hasMessageContaining("GDS-SSH-CLOSED");
    }

    @Test
    void largeInputIsWholeOrTheCommandDoesNotStart() throws Exception {
        Command command = Command.of("sh", "-c", "wc -c > " + dir + "/counted; echo run >> " + dir + "/count")
                .input("x".repeat(50_000_000));
        Future<CommandResult> running = callers.submit(() -> shell.run(command));
        Await.until("some of it is there", SshBrokenTest::spooling);
        sshd.killConnections();
        assertThat(running.get().status()).isEqualTo(Status.UNKNOWN);
        Await.until("what was there is gone", () -> !spooling());
        assertThat(dir.resolve("count")).doesNotExist();
    }

    /** Whether a program of ours is receiving input. */
    private static boolean spooling() {
        return ProcessHandle.allProcesses()
                .anyMatch(p -> p.info().commandLine().orElse("").contains("head -c 50000000"));
    }

    @Test
    void whereTheHostAllowsFewSessionsCommandsWaitTheirTurn() throws Exception {
        List<Future<CommandResult>> running = java.util.stream.IntStream.range(0, 12)
                .mapToObj(i -> callers.submit(() -> shell.run(Command.of("sh", "-c", "sleep 0.1; echo " + i))))
                .toList();
        for (int i = 0; i < running.size(); i++) {
            assertThat(running.get(i).get().output()).isEqualTo(i + "\n");
        }
    }

    @Test
    void aClosedShellLeavesNoThread() throws IOException {
        shell.run(Command.of("true"));
        try (SshShell second = sshd.open()) {
            sshd.killConnections();
            second.run(Command.of("true"));
        }
        shell.run(Command.of("true"));
        shell.close();
        Await.until("no thread of ours is left", () -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.contains("sshj") || name.contains("gds-ssh")));
    }
}
