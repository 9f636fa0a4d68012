package io.gds.database.core.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshShellTest {
    @TempDir
    static Path server;

    private static Sshd sshd;
    private static SshShell shell;

    @TempDir
    Path dir;

    @BeforeAll
    static void open() {
        sshd = Sshd.start(server, List.of());
        shell = sshd.open();
    }

    @AfterAll
    static void close() {
        if (shell != null) {
            shell.close();
        }
        if (sshd != null) {
            sshd.close();
        }
    }

    @AfterEach
    void endWhatTestsLeft() {
        for (long pid : pids()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void wordsReachTheProgramAsTheyAre() {
        CommandResult result = shell.run(Command.of("printf", "%s|", "a b", "$HOME", "*", "; exit 3", "'\"", "", "\n"));
        assertThat(result.output()).isEqualTo("a b|$HOME|*|; exit 3|'\"||\n|");
        assertThat(result.succeeded()).isTrue();
        assertThat(result.truncated()).isFalse();
    }

    @Test
    void randomWordsComeBackIdentical() {
        long seed = Long.getLong("gds.seed", 20260401);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<String> words = new ArrayList<>();
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                words.add(word(random));
            }
            String value = word(random);
            // A mark after each word: one that ends in new lines must keep them.
            Command command = Command.of("sh", "-c", "for w in \"$@\" \"$V\"; do printf '%s\\001' \"$w\"; done", "sh")
                    .with(words.toArray(String[]::new))
                    .environment("V", value)
                    .input(round % 2 == 0 ? value : "");
            words.add(value);
            assertThat(shell.run(command).output())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(String.join("\u0001", words) + "\u0001");
            assertThat(shell.run(Command.of("cat").input(value)).output())
                    .as("seed %d, round %d, input", seed, round)
                    .isEqualTo(value);
        }
    }

    private static String word(Random random) {
        String[] pieces = {
            "'", "\"", "\\", "$", "`", "\n", " ", "\t", "!", "*", "?", "~", "#", ";", "&", "|", "<", ">", "(", ")", "{",
            "}", "[", "]", "%", "$(id)", "${HOME}", "\\n", "-", "=", "é", "ü", "ß", "Ж", "日本", "🦆", "\u0081", "\u0088",
            "\r", "\u007f", "a", "b", "\\'", "\"'\"", "$gds_n", "\n\n"
        };
        StringBuilder out = new StringBuilder();
        for (int n = random.nextInt(20); n > 0; n--) {
            if (random.nextInt(4) == 0) {
                out.appendCodePoint(codePoint(random));
            } else {
                out.append(pieces[random.nextInt(pieces.length)]);
            }
        }
        return out.toString();
    }

    private static int codePoint(Random random) {
        int c = 2 + random.nextInt(random.nextBoolean() ? 0x7fd : 0xfffd);
        return c >= 0xd800 && c <= 0xdfff ? 'x' : c;
    }

    @Test
    void whatALoginPrintsIsNoOutput() {
        sshd.write(".bashrc", "echo welcome; echo watch out >&2; printf unfinished\n");
        try {
            CommandResult result = shell.run(script("echo out; echo err >&2"));
            assertThat(result.output()).isEqualTo("out\n");
            assertThat(result.error()).isEqualTo("err\n");
        } finally {
            sshd.write(".bashrc", "");
        }
    }

    @Test
    void anAccountWithoutAShellIsSaidSo() {
        sshd.write(".bashrc", "echo this account is closed >&2; exit 1");
        try {
            assertThatThrownBy(() -> shell.run(Command.of("true")))
                    .hasMessageContaining("GDS-SSH-SHELL")
                    .hasMessageContaining("this account is closed");
        } finally {
            sshd.write(".bashrc", "");
        }
    }

    @Test
    void exitCodesAndSignalsAreToldApart() {
        assertThat(shell.run(script("echo out; echo err >&2; exit 7")))
                .returns(Status.EXITED, CommandResult::status)
                .returns(7, CommandResult::exitCode)
                .returns("out\n", CommandResult::output)
                .returns("err\n", CommandResult::error);
        for (Map.Entry<String, Integer> signal :
                Map.of("TERM", 15, "INT", 2, "KILL", 9, "USR1", 10).entrySet()) {
            assertThat(shell.run(script("kill -" + signal.getKey() + " $$")))
                    .returns(Status.KILLED, CommandResult::status)
                    .returns(signal.getValue(), CommandResult::exitCode)
                    .returns("", CommandResult::error);
        }
        assertThat(shell.run(script("exit 255"))).returns(Status.EXITED, CommandResult::status);
        assertThat(shell.run(script("exit 127"))).returns(Status.EXITED, CommandResult::status);
    }

    @Test
    void whatCannotStartSaysWhy() throws IOException {
        CommandResult missing = shell.run(Command.of("no-such-program-here"));
        assertThat(missing.status()).isEqualTo(Status.NOT_STARTED);
        assertThat(missing.error()).contains("no-such-program-here");
        Path badInterpreter = dir.resolve("bad");
        Files.writeString(badInterpreter, "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(badInterpreter, PosixFilePermissions.fromString("rwx------"));
        CommandResult bad = shell.run(Command.of(badInterpreter.toString()));
        assertThat(bad.status()).isEqualTo(Status.NOT_STARTED);
        assertThat(bad.error()).contains("No such file");
        assertThat(shell.run(Command.of("echo", "a\0b")).status()).isEqualTo(Status.NOT_STARTED);
        assertThat(shell.run(Command.of("echo").environment("a b", "c")).status())
                .isEqualTo(Status.NOT_STARTED);
        assertThat(shell.run(Command.of("")).status()).isEqualTo(Status.NOT_STARTED);
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
        assertThat(shell.run(Command.of("wc", "-c").input("a\0b")).output().strip())
                .isEqualTo("3");
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
    void theHostsListOfProcessesShowsNoEnvironmentAndNoInput() {
        CommandResult result = shell.run(script("cat >/dev/null; cat /proc/[0-9]*/cmdline | tr '\\0' ' '")
                .environment("PW", "hunter2hunter2")
                .input("hunter3hunter3")
                .maxOutput(1_000_000));
        assertThat(result.succeeded()).isTrue();
        assertThat(result.output()).isNotEmpty().doesNotContain("hunter2").doesNotContain("hunter3");
    }

    @Test
    void aTimeOutEndsEverythingThatTheCommandStarted() {
        // In order: a child, a grandchild whose parent is gone, and a daemon with a session of its own.
        String program = "sleep 600 & echo $! >> " + dir + "/pids; "
                + "sh -c 'sleep 600 & echo $! >> " + dir + "/pids'; "
                + "setsid sh -c 'echo $$ >> " + dir + "/pids; exec sleep 600' </dev/null >/dev/null 2>&1 & "
                + "echo $$ >> " + dir + "/pids; "
                + "echo ready; while :; do sleep 1; done";
        CommandResult result = shell.run(script(program).timeout(Duration.ofSeconds(2)));
        assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(result.output()).isEqualTo("ready\n");
        assertThat(result.took()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(15));
        assertThat(pids()).hasSize(4);
        for (long pid : pids()) {
            assertThat(lives(pid)).isFalse();
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
        assertThat(thrown.get()).hasMessageContaining("GDS-INTERRUPTED").hasMessageContaining("were ended");
        assertThat(flag).isTrue();
        assertThat(lives(pids().get(0))).isFalse();
        assertThat(shell.run(Command.of("true")).succeeded()).isTrue();
    }

    @Test
    void aDaemonThatHoldsThePipeLivesOnAndHoldsNobodyUp() {
        CommandResult result = shell.run(script("setsid sleep 600 & echo $! >> " + dir + "/pids; echo started"));
        assertThat(result.succeeded()).isTrue();
        assertThat(result.output()).isEqualTo("started\n");
        assertThat(result.took()).isLessThan(Duration.ofSeconds(10));
        assertThat(lives(pids().get(0))).isTrue();
    }

    @Test
    void daemonsTakeUpNoSessions() {
        for (int i = 0; i < 12; i++) {
            assertThat(shell.run(script("setsid sleep 600 & echo $! >> " + dir + "/pids"))
                            .succeeded())
                    .isTrue();
        }
    }

    /** Like a shell that holds signals back while it forks: the clock's own program comes after the order to stop. */
    @Test
    void theClockOfACommandThatIsOverIsStoppedHoweverLateItForks() throws IOException {
        Path slow = Files.createDirectory(dir.resolve("slow"));
        Path sh = Files.writeString(
                slow.resolve("sh"),
                """
                #!/bin/sh
                [ "$3" = gds ] || exec /bin/sh "$@"
                trap told=yes TERM
                : >%1$s/held
                until [ -n "$told" ]; do /bin/sleep 0.01; done
                /bin/sleep 0.3
                trap - TERM
                /bin/sleep 600 &
                echo $! >>%1$s/pids
                kill -s TERM $$
                """
                        .formatted(dir));
        Files.setPosixFilePermissions(sh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path other = Files.createDirectory(dir.resolve("sshd"));
        String path = slow + ":" + System.getenv("PATH");
        try (Sshd late = Sshd.start(other, List.of("Match all", "SetEnv PATH=" + path + " HOME=" + other));
                SshShell there = late.open()) {
            String held = "until [ -e " + dir + "/held ]; do sleep 0.01; done; echo done";
            assertThat(there.run(Command.of("/bin/sh", "-c", held)).output()).isEqualTo("done\n");
            Await.until("the clock has forked", () -> !pids().isEmpty());
            Await.until("nothing of it is left", () -> !lives(pids().get(0)));
        }
    }

    @Test
    void aLaunchedCommandLeadsItsOwnSessionAndOutlivesTheConnection() throws IOException {
        long pid;
        try (SshShell other = sshd.open()) {
            other.launch(script("echo $$ >> " + dir + "/pids; exec sleep 600").environment("X", "1"));
            Await.until("it runs", () -> !pids().isEmpty());
            pid = pids().get(0);
        }
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]).isEqualTo(String.valueOf(pid));
        for (int fd = 0; fd < 3; fd++) {
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + fd)))
                    .isEqualTo(Path.of("/dev/null"));
        }
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            assertThat(descriptors).hasSize(3);
        }
        assertThat(lives(pid)).isTrue();
    }

    @Test
    void manyCommandsRunAtOnceAndWaitForRoom() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try {
            List<Future<CommandResult>> running = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Command command = script("sleep 0.3; echo " + i);
                running.add(callers.submit(() -> shell.run(command)));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(running.get(i).get().output()).isEqualTo(i + "\n");
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static Command script(String text) {
        return Command.of("sh", "-c", text);
    }

    static boolean lives(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private List<Long> pids() {
        return pids(dir.resolve("pids"));
    }

    static List<Long> pids(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
