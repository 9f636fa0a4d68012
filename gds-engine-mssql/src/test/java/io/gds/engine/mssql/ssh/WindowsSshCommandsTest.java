package io.gds.engine.mssql.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.Programs;
import io.gds.database.testkit.windows.RunningProgram;
import io.gds.database.testkit.windows.WindowsHost;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a Windows host behind a real sshd, whose default shell is cmd.exe or PowerShell. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsSshCommandsTest {
    private static final List<String> NASTY = List.of(
            "plain",
            "two words",
            "C:\\Program Files\\SQL Server\\",
            "C:\\ends\\\\",
            "a b\\\\",
            "",
            "(a,b;c)",
            "it's $HOME `n ~#{}[]",
            "\u2018typographic\u2019",
            "Größe ÄÖÜ äöüß",
            "Ж日本",
            "@x",
            "a=b",
            "-Name:value",
            "/quiet",
            "--");

    @TempDir
    static Path dir;

    private static final WindowsHost HOST = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));
    private static final List<List<String>> ARGUMENTS = new CopyOnWriteArrayList<>();
    private static WindowsBehindSshd behind;

    private HostShell shell;

    @BeforeAll
    static void start() {
        behind = new WindowsBehindSshd(HOST, dir);
        HOST.programs().add("args.exe", (call, on) -> {
            ARGUMENTS.add(call.arguments());
            call.process().end(0);
            return RunningProgram.NOTHING;
        });
        HOST.programs().add("hang.exe", Programs.hanging());
    }

    @AfterAll
    static void stop() {
        if (behind != null) {
            behind.close();
        }
    }

    private void open(String defaultShell) {
        if (defaultShell.equals("powershell")) {
            behind.powerShellIsDefault();
        }
        shell = behind.open();
    }

    @AfterEach
    void reset() {
        shell.close();
        HOST.registry().unset(WindowsBehindSshd.SHELL_KEY, "DefaultShell");
        HOST.codePage(437);
        HOST.faults().wmiBroken(false);
        HOST.processes().running("hang.exe").forEach(p -> p.kill(1));
        ARGUMENTS.clear();
        assertThat(HOST.unsupported()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmd", "powershell"})
    void wordsReachTheProgramAsTheyAre(String defaultShell) {
        open(defaultShell);
        CommandResult result = shell.run(Command.of("args.exe").with(NASTY.toArray(String[]::new)));
        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertThat(ARGUMENTS).containsExactly(NASTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmd", "powershell"})
    void whatCmdAndTheProgramReadDifferentlyIsRefusedAndNotStarted(String defaultShell) {
        open(defaultShell);
        for (String word :
                List.of("\"", "%PATH%", "a!b", "a^b", "a&b", "a|b", "a<b", "a>b", "a\nb", "a\tb", "\u0000")) {
            assertThatThrownBy(() -> shell.run(Command.of("args.exe", word)))
                    .as(word)
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-COMMAND-LINE"));
        }
        String[] many = new String[900];
        java.util.Arrays.fill(many, "012345678");
        assertThatThrownBy(() -> shell.run(Command.of("args.exe", many)))
                .hasMessageContaining("GDS-COMMAND-LINE")
                .hasMessageContaining("8191 at most");
        assertThat(ARGUMENTS).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmd", "powershell"})
    void exitCodesAndBothStreamsComeBack(String defaultShell) {
        open(defaultShell);
        HOST.programs().add("both.exe", (call, on) -> {
            call.process().print("said\r\n");
            call.process().printError("complained\r\n");
            call.process().end(42);
            return RunningProgram.NOTHING;
        });
        CommandResult result = shell.run(Command.of("both.exe"));
        assertThat(result.status()).isEqualTo(Status.EXITED);
        assertThat(result.exitCode()).isEqualTo(42);
        assertThat(result.output()).isEqualTo("said\r\n");
        assertThat(result.error()).isEqualTo("complained\r\n");
        assertThat(result.truncated()).isFalse();
        CommandResult none = shell.run(Command.of("no-such-program.exe", "x"));
        assertThat(none.status()).isEqualTo(Status.EXITED);
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.error()).contains("no-such-program.exe", "is not recognized");
    }

    @ParameterizedTest
    @ValueSource(ints = {437, 850, 65001})
    void umlautsAreReadInTheCodePageOfTheHost(int codePage) {
        HOST.codePage(codePage);
        open("cmd");
        HOST.programs().add("speak.exe", Programs.saying("Prüfung: Größe ÄÖÜß", 0));
        assertThat(shell.run(Command.of("speak.exe")).output()).isEqualTo("Prüfung: Größe ÄÖÜß\r\n");
    }

    @Test
    void largeOutputIsKeptWithinItsBoundAndReadToItsEnd() {
        open("cmd");
        String line = "x".repeat(1022) + "\r\n";
        HOST.programs().add("flood.exe", (call, on) -> {
            for (int i = 0; i < 4096; i++) {
                call.process().print(line);
            }
            call.process().printError("e".repeat(200_000));
            call.process().end(7);
            return RunningProgram.NOTHING;
        });
        CommandResult result = shell.run(Command.of("flood.exe").maxOutput(100_000));
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.output()).hasSize(100_000).startsWith(line);
        assertThat(result.error()).hasSize(100_000);
        assertThat(result.truncated()).isTrue();
        CommandResult whole = shell.run(Command.of("flood.exe").maxOutput(1 << 23));
        assertThat(whole.output()).hasSize(4096 * line.length());
        assertThat(whole.truncated()).isFalse();
    }

    @Test
    void secretsAreMaskedAndErrorsOfPowerShellAreText() {
        open("cmd");
        HOST.programs().add("leak.exe", Programs.saying("the word is sesame", 3));
        CommandResult result = shell.run(Command.of("leak.exe", "sesame").mask(Secret.of("sesame")));
        assertThat(result.toString()).doesNotContain("sesame").contains("the word is ***");
        String script = java.util.Base64.getEncoder()
                .encodeToString("throw 'broken'".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
        CommandResult thrown = shell.run(Command.of("powershell.exe", "-NoProfile", "-EncodedCommand", script));
        assertThat(thrown.exitCode()).isEqualTo(1);
        assertThat(thrown.error()).contains("broken").doesNotContain("CLIXML");
    }

    @Test
    void whatWindowsCannotIsRefused() {
        open("cmd");
        for (Command command : List.of(
                Command.of("args.exe").input("text"),
                Command.of("args.exe").as("postgres"),
                Command.of("args.exe").environment("A", "b"))) {
            assertThatThrownBy(() -> shell.run(command)).hasMessageContaining("GDS-SSH-COMMAND");
            assertThatThrownBy(() -> shell.launch(command)).hasMessageContaining("GDS-SSH-COMMAND");
        }
        assertThatThrownBy(() -> shell.write("C:\\x", new byte[0], "600", "postgres"))
                .hasMessageContaining("GDS-SSH-COMMAND")
                .hasMessageContaining("postgres");
        assertThat(ARGUMENTS).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmd", "powershell"})
    void aCommandWhoseTimeIsOverIsEndedWithAllThatItStarted(String defaultShell) {
        open(defaultShell);
        CommandResult result = shell.run(Command.of("hang.exe", "for ever").timeout(Duration.ofMillis(300)));
        assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(result.took()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(HOST.processes().running("hang.exe")).isEmpty();
    }

    @Test
    void oneThatCannotBeEndedIsUnknown() {
        open("cmd");
        HOST.faults().wmiBroken(true);
        CommandResult result = shell.run(Command.of("hang.exe").timeout(Duration.ofMillis(100)));
        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(HOST.processes().running("hang.exe")).hasSize(1);
    }

    @Test
    void onlyTheOneWhoseTimeIsOverIsEnded() throws Exception {
        open("cmd");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<CommandResult> other = threads.submit(() -> shell.run(Command.of("hang.exe", "same")));
            Await.until("it runs", () -> HOST.processes().running("hang.exe").size() == 1);
            assertThat(shell.run(Command.of("hang.exe", "same").timeout(Duration.ofMillis(200)))
                            .status())
                    .isEqualTo(Status.TIMED_OUT);
            assertThat(HOST.processes().running("hang.exe")).hasSize(1);
            HOST.processes().running("hang.exe").get(0).end(5);
            assertThat(other.get().exitCode()).isEqualTo(5);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void moreAtATimeThanTheHostAllowsTakeTheirTurns() throws Exception {
        open("cmd");
        ExecutorService threads = Executors.newFixedThreadPool(25);
        try {
            List<Future<CommandResult>> all = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                String word = "no " + i;
                all.add(threads.submit(() -> shell.run(Command.of("args.exe", word))));
            }
            for (Future<CommandResult> one : all) {
                assertThat(one.get().succeeded()).isTrue();
            }
            assertThat(ARGUMENTS).hasSize(25).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmd", "powershell"})
    void aLaunchedCommandOutlivesItsSession(String defaultShell) {
        open(defaultShell);
        shell.launch(Command.of("hang.exe", "C:\\Program Files\\x"));
        assertThat(HOST.processes().running("hang.exe")).singleElement().satisfies(p -> assertThat(p.commandLine())
                .endsWith(" \"C:\\Program Files\\x\""));
        shell.close();
        behind.sshd().killConnections();
        assertThat(HOST.processes().running("hang.exe")).hasSize(1);
    }

    @Test
    void aProgramThatCannotBeLaunchedIsToldWithTheCodeOfWindows() {
        open("cmd");
        assertThatThrownBy(() -> shell.launch(Command.of("no-such-program.exe")))
                .hasMessageContaining("GDS-SHELL")
                .hasMessageContaining("Win32_Process.Create answered 9");
    }

    @Test
    void theHostIsAskedForItsShellOnce() {
        behind.commands().clear();
        open("cmd");
        assertThat(shell.run(Command.of("args.exe")).succeeded()).isTrue();
        assertThat(shell.run(Command.of("args.exe")).succeeded()).isTrue();
        assertThat(behind.commands()).hasSize(4).startsWith("echo $PSHOME", "chcp.com");
    }
}
