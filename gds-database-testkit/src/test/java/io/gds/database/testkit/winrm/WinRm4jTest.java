package io.gds.database.testkit.winrm;

import static io.gds.database.testkit.winrm.WinRm4j.PASSWORD;
import static io.gds.database.testkit.winrm.WinRm4j.USER;
import static io.gds.database.testkit.winrm.WinRm4j.run;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudsoft.winrm4j.client.ShellCommand;
import io.cloudsoft.winrm4j.client.WinRmClient;
import io.cloudsoft.winrm4j.winrm.WinRmTool;
import io.cloudsoft.winrm4j.winrm.WinRmToolResponse;
import io.gds.database.testkit.winrm.WinRm4j.Said;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake service with the client that is used on real ones. */
@Timeout(180)
final class WinRm4jTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static SSLContext tls;
    private static WinRm4j winRm;

    private final ScriptedHost host = new ScriptedHost();

    @BeforeAll
    static void startClient(@TempDir Path directory) throws Exception {
        tls = new ServerKey(directory).context();
        winRm = new WinRm4j(tls);
    }

    @AfterAll
    static void stopClient() {
        winRm.close();
    }

    private WinRmServerBuilder builder() {
        return WinRmServer.builder(host).account(USER, PASSWORD).negotiate();
    }

    private WinRmClient client(WinRmServer server) {
        return winRm.ntlm(server.endpoint()).build();
    }

    @Test
    void basicOverHttpsRunsACommandInItsEnvironment() throws Exception {
        host.on("ver", c -> new SimpleProcess()
                .print("Windows", UTF_8)
                .printError("but not really", UTF_8)
                .exit(3));
        try (WinRmServer server = builder().basic().https(tls).start();
                WinRmClient client = winRm.basic(server.endpoint())
                        .environment(Map.of("STAGE", "test & more"))
                        .workingDirectory("C:\\Temp")
                        .build();
                ShellCommand shell = client.createShell()) {
            assertThat(run(shell, "ver")).isEqualTo(new Said(3, "Windows", "but not really"));
            assertThat(host.started())
                    .containsExactly(new RemoteCommand(
                            "ver", Map.of("STAGE", "test & more"), Optional.of("C:\\Temp"), USER, 437));
        }
    }

    @Test
    void ntlmOverHttpShowsNothingInClearText() throws Exception {
        host.says("type secret-plan.txt", "the-secret-answer", 0);
        try (WinRmServer server = builder().start();
                RecordingProxy proxy = new RecordingProxy(server.port());
                WinRmClient client = winRm.ntlm(proxy.endpoint()).build();
                ShellCommand shell = client.createShell()) {
            assertThat(run(shell, "type secret-plan.txt").out()).isEqualTo("the-secret-answer");

            String secret = Base64.getEncoder().encodeToString("the-secret-answer".getBytes(UTF_8));
            assertThat(proxy.seen())
                    .contains("application/HTTP-SPNEGO-session-encrypted", "Negotiate TlRMTVNTUA")
                    .doesNotContain("secret-plan", "the-secret-answer", secret, "CommandLine", PASSWORD);
        }
    }

    @Test
    void ntlmWorksOverHttpsWithADomain() throws Exception {
        host.says("whoami", "corp\\svc", 0);
        try (WinRmServer server = WinRmServer.builder(host)
                        .account("corp\\svc", PASSWORD)
                        .negotiate()
                        .https(tls)
                        .start();
                WinRmClient client = winRm.ntlm(server.endpoint())
                        .credentials("corp", "svc", PASSWORD)
                        .sslContext(tls)
                        .build();
                ShellCommand shell = client.createShell()) {
            assertThat(run(shell, "whoami").out()).isEqualTo("corp\\svc");
            assertThat(host.started()).extracting(RemoteCommand::account).containsExactly("corp\\svc");
        }
    }

    @Test
    void commandsShareAShellUntilItIsClosed() throws Exception {
        host.says("one", "1", 0).says("two", "2", 0);
        try (WinRmServer server = builder().start();
                WinRmClient client = client(server)) {
            try (ShellCommand shell = client.createShell()) {
                assertThat(run(shell, "one").out()).isEqualTo("1");
                assertThat(run(shell, "two").out()).isEqualTo("2");
                assertThat(server.shellsOpen()).isEqualTo(1);
            }
            assertThat(server.shellsOpen()).isZero();
            assertThat(server.shellsCreated()).isEqualTo(1);
            assertThat(server.commandLines()).containsExactly("one", "two");
        }
    }

    @Test
    void twoShellsWorkAtTheSameTime() throws Exception {
        SimpleProcess first = host.playing("first");
        SimpleProcess second = host.playing("second");
        try (WinRmServer server = builder().start()) {
            Gate oneWaits = new Gate();
            Gate bothWait = new Gate();
            server.plan(Operation.RECEIVE, Trouble.hold(oneWaits));
            server.plan(Operation.RECEIVE, Trouble.hold(bothWait));
            CompletableFuture<Said> one = inShell(server, "first");
            CompletableFuture<Said> two = inShell(server, "second");
            oneWaits.awaitArrival(PATIENCE);
            bothWait.awaitArrival(PATIENCE);
            assertThat(server.shellsOpen()).isEqualTo(2);
            oneWaits.open();
            bothWait.open();
            second.print("2", UTF_8).exit(22);
            first.print("1", UTF_8).exit(11);
            assertThat(one.get()).isEqualTo(new Said(11, "1", ""));
            assertThat(two.get()).isEqualTo(new Said(22, "2", ""));
        }
    }

    /** In a thread of its own: the common pool may have one for all. */
    private CompletableFuture<Said> inShell(WinRmServer server, String line) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (WinRmClient client = client(server);
                            ShellCommand shell = client.createShell()) {
                        return run(shell, line);
                    }
                },
                work -> new Thread(work, "shell-" + line).start());
    }

    @Test
    void aLongCommandOutlivesItsOperationTimeouts() throws Exception {
        SimpleProcess setup = host.playing("setup.exe");
        AtomicInteger timeouts = new AtomicInteger();
        try (WinRmServer server = builder().start();
                WinRmClient client = winRm.ntlm(server.endpoint())
                        .operationTimeout(200)
                        .receiveTimeout(60_000L)
                        .retryReceiveAfterOperationTimeout(code -> {
                            if (timeouts.incrementAndGet() == 3) {
                                setup.print("installed", UTF_8).exit(0);
                            }
                            return true;
                        })
                        .build();
                ShellCommand shell = client.createShell()) {
            assertThat(run(shell, "setup.exe")).isEqualTo(new Said(0, "installed", ""));
            assertThat(timeouts).hasValueGreaterThanOrEqualTo(3);
            assertThat(server.requests(Operation.RECEIVE)).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void outputArrivesWhileTheCommandStillRuns() throws Exception {
        SimpleProcess process = host.playing("stages");
        process.print("first", UTF_8);
        CountDownLatch arrived = new CountDownLatch(1);
        StringWriter out = new StringWriter() {
            @Override
            public void write(String text) {
                super.write(text);
                arrived.countDown();
            }
        };
        try (WinRmServer server = builder().start();
                WinRmClient client = client(server);
                ShellCommand shell = client.createShell()) {
            CompletableFuture<Integer> code =
                    CompletableFuture.supplyAsync(() -> shell.execute("stages", out, new StringWriter()));
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(out).hasToString("first");
            assertThat(code).isNotDone();
            process.print(" second", UTF_8).exit(0);
            assertThat(code.get()).isZero();
            assertThat(out).hasToString("first second");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNegativeExitCodeArrivesInBothSpellings(boolean signed) throws Exception {
        int rebootNeeded = -2067919934;
        host.says("setup.exe", "", rebootNeeded);
        WinRmServerBuilder builder = signed ? builder().signedExitCodes() : builder();
        try (WinRmServer server = builder.start();
                WinRmClient client = client(server);
                ShellCommand shell = client.createShell()) {
            assertThat(run(shell, "setup.exe").code()).isEqualTo(rebootNeeded);
        }
    }

    @Test
    void aBigOutputComesInManyAnswersAndWhole() throws Exception {
        String big = "0123456789abcdef".repeat(40_000);
        host.says("type big.log", big, 0);
        try (WinRmServer server = builder().start();
                WinRmClient client = client(server);
                ShellCommand shell = client.createShell()) {
            assertThat(run(shell, "type big.log").out()).isEqualTo(big);
            assertThat(server.requests(Operation.RECEIVE)).isGreaterThan(4);
        }
    }

    @Test
    void powerShellArrivesEncodedAndAnswersWithClixml() throws Exception {
        String script = "$ProgressPreference='SilentlyContinue'; throw 'nö'";
        String line = "powershell -encodedcommand " + Base64.getEncoder().encodeToString(script.getBytes(UTF_16LE));
        String error = Clixml.errors(List.of("nö", "At line:1 char:43"));
        host.on(line, c -> new SimpleProcess().printError(error, UTF_8).exit(1));
        try (WinRmServer server = builder().start()) {
            WinRmTool tool = WinRmTool.Builder.builder("127.0.0.1", USER, PASSWORD)
                    .useHttps(false)
                    .port(server.port())
                    .context(winRm.context())
                    .build();
            WinRmToolResponse response = tool.executePs(script);
            assertThat(response.getStatusCode()).isEqualTo(1);
            assertThat(response.getStdErr())
                    .isEqualTo(error)
                    .startsWith("#< CLIXML\r\n<Objs ")
                    .contains("<S S=\"Error\">nö_x000D__x000A_</S>");
        }
    }
}
