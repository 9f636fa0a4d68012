package io.gds.database.core.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalShellTest {
    @TempDir
    Path dir;

    private final LocalShell shell = new LocalShell("here", "");

    @AfterEach
    void endWhatTestsLeft() throws IOException {
        for (long pid : pids()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void wordsReachTheProgramAsTheyAre() {
        CommandResult result = shell.run(Command.of("printf", "%s|", "a b", "$HOME", "*", "; exit 3", "'\""));
        assertThat(result.output()).isEqualTo("a b|$HOME|*|; exit 3|'\"|");
        assertThat(result.succeeded()).isTrue();
        assertThat(result.truncated()).isFalse();
    }

    @Test
    void exitCodesAndSignalsAreToldApart() {
        assertThat(shell.run(script("echo out; echo err >&2; exit 7")))
                .returns(Status.EXITED, CommandResult::status)
                .returns(7, CommandResult::exitCode)
                .returns("out\n", CommandResult::output)
                .returns("err\n", CommandResult::error);
        assertThat(shell.run(script("kill -TERM $$")))
                .returns(Status.KILLED, CommandResult::status)
                .returns(15, CommandResult::exitCode);
        assertThat(shell.run(script("exit 255"))).returns(Status.EXITED, CommandResult::status);
    }

    @Test
    void whatCannotStartSaysWhy() throws IOException {
        CommandResult missing = shell.run(Command.of("no-such-program-here"));
        assertThat(missing.status()).isEqualTo(Status.NOT_STARTED);
        assertThat(missing.error()).contains("no-such-program-here").contains("PATH");
        Path badInterpreter = dir.resolve("bad");
        Files.writeString(badInterpreter, "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(badInterpreter, PosixFilePermissions.fromString("rwx------"));
        CommandResult bad = shell.run(Command.of(badInterpreter.toString()));
        assertThat(bad.status()).isEqualTo(Status.NOT_STARTED);
        assertThat(bad.error()).contains("No such file");
        assertThat(shell.run(Command.of("echo", "a\0b")).status()).isEqualTo(Status.NOT_STARTED);
        assertThatThrownBy(() -> shell.launch(Command.of("no-such-program-here")))
                .isInstanceOf(GdsDatabaseException.class);
        assertThatThrownBy(() -> shell.launch(Command.of(badInterpreter.toString())))
                .isInstanceOf(GdsDatabaseException.class);
    }

    @Test
    void inputLargerThanAPipeIsReadAndOutputIsBounded() {
        String input = "x".repeat(1_000_000);
        CommandResult result = shell.run(Command.of("cat").input(input).maxOutput(1000));
        assertThat(result.output()).isEqualTo("x".repeat(1000));
        assertThat(result.truncated()).isTrue();
        assertThat(shell.run(Command.of("wc", "-c").input(input)).output().strip())
                .isEqualTo("1000000");
        assertThat(shell.run(Command.of("true").input(input)).succeeded()).isTrue();
        CommandResult both = shell.run(
                script("yes | head -c 3000000; yes | head -c 3000000 >&2").maxOutput(10));
        assertThat(both.output() + both.error()).hasSize(20);
        assertThat(both.succeeded()).isTrue();
    }

    @Test
    void secretsAreMaskedAlsoWhereOutputIsCut() {
        Secret secret = Secret.of("hunter2hunter2");
        for (int bound : new int[] {3, 8, 14, 1000, 5000}) {
            CommandResult result =
                    shell.run(script("i=0; while [ $i -lt 3000 ]; do echo $PW; echo $PW >&2; i=$((i+1)); done; echo "
                                    + secret.reveal())
                            .environment("PW", secret.reveal())
                            .mask(secret)
                            .maxOutput(bound));
            assertThat(result.command() + result.output() + result.error()).doesNotContain("hun");
            assertThat(result.output()).startsWith("***");
        }
    }

    @Test
    void onlyAFewVariablesAreInherited() {
        List<String> names = shell.run(Command.of("env").environment("MINE", "1"))
                .output()
                .lines()
                .map(line -> line.replaceAll("=.*", ""))
                .toList();
        assertThat(names).contains("PATH", "MINE").isSubsetOf("PATH", "LANG", "HOME", "TZ", "MINE", "GDS_COMMAND");
    }

    @Test
    void aTimeOutEndsEverythingThatTheCommandStarted() throws IOException {
        // In order: a child, a grandchild whose parent is gone, and a daemon with a session of its own.
        String program = "sleep 600 & echo $! >> " + dir + "/pids; "
                + "sh -c 'sleep 600 & echo $! >> " + dir + "/pids'; "
                + "setsid sh -c 'echo $$ >> " + dir + "/pids; exec sleep 600' </dev/null >/dev/null 2>&1 & "
                + "echo $$ >> " + dir + "/pids; "
                + "echo ready; while :; do sleep 1; done";
        CommandResult result = shell.run(script(program).timeout(Duration.ofSeconds(2)));
        assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(result.output()).isEqualTo("ready\n");
        assertThat(pids()).hasSize(4);
        for (long pid : pids()) {
            Await.until("process " + pid + " is gone", () -> !lives(pid));
        }
    }

    @Test
    void anInterruptionEndsTheTreeAndKeepsTheFlag() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                shell.run(script("sleep 600 & echo $! >> " + dir + "/pids; wait"));
            } catch (GdsDatabaseException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        Await.until("the command runs", () -> !pids().isEmpty());
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).hasMessageContaining("GDS-INTERRUPTED");
        assertThat(flag).isTrue();
        long pid = pids().get(0);
        Await.until("process " + pid + " is gone", () -> !lives(pid));
    }

    @Test
    void aDaemonThatHoldsThePipeLivesOnAndHoldsNobodyUp() throws IOException {
        CommandResult result = shell.run(script("setsid sleep 600 & echo $! >> " + dir + "/pids; echo started"));
        assertThat(result.succeeded()).isTrue();
        assertThat(result.output()).isEqualTo("started\n");
        assertThat(result.took()).isLessThan(Duration.ofSeconds(10));
        assertThat(lives(pids().get(0))).isTrue();
    }

    @Test
    void aLaunchedCommandLeadsItsOwnSession() throws IOException {
        shell.launch(script("echo $$ >> " + dir + "/pids; exec sleep 600"));
        Await.until("it runs", () -> !pids().isEmpty());
        long pid = pids().get(0);
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]).isEqualTo(String.valueOf(pid));
        assertThat(Path.of("/proc/" + pid + "/fd/1").toRealPath()).isEqualTo(Path.of("/dev/null"));
    }

    @Test
    void filesAreWrittenWholeAndReadWithinBounds() throws IOException {
        String path = dir.resolve("a.conf").toString();
        assertThat(shell.read(path)).isEmpty();
        shell.write(path, bytes("one"), "600", "");
        shell.write(path, bytes("two"), "640", "");
        assertThat(shell.read(path)).hasValue(bytes("two"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(path))))
                .isEqualTo("rw-r-----");
        assertThat(dir).isDirectoryNotContaining("glob:**.gds-*");
        Files.write(dir.resolve("large"), new byte[1024 * 1024 + 1]);
        assertThatThrownBy(() -> shell.read(dir.resolve("large").toString())).hasMessageContaining("larger than");
        assertThatThrownBy(() -> shell.read("relative")).hasMessageContaining("begins with /");
        assertThatThrownBy(() -> shell.write(path, bytes("x"), "rwx", "")).hasMessageContaining("octal");
        assertThatThrownBy(() -> shell.write(dir + "/none/x", bytes("x"), "600", ""))
                .hasMessageContaining("GDS-FILE");
        assertThat(shell.read(path)).hasValue(bytes("two"));
    }

    private static Command script(String text) {
        return Command.of("sh", "-c", text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean lives(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private List<Long> pids() {
        try {
            Path file = dir.resolve("pids");
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
