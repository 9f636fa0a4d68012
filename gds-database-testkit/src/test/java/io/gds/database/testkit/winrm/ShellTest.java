package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.winrm.Soap.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shells and commands, message by message. */
@Timeout(60)
final class ShellTest {
    private final ScriptedHost host = new ScriptedHost();
    private WinRmServer server;
    private Soap soap;

    @BeforeEach
    void start() throws IOException {
        server = WinRmServer.builder(host)
                .account("admin", "pw")
                .account("guest", "pw")
                .basic()
                .allowUnencrypted()
                .start();
        soap = new Soap(server.endpoint(), "ADMIN", "pw");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void inputReachesTheCommand() throws Exception {
        SimpleProcess sort = host.playing("sort");
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        sort.whenInput((bytes, end) -> {
            input.writeBytes(bytes);
            if (end) {
                sort.print("got " + input, UTF_8).exit(0);
            }
        });
        String shell = soap.create();
        String command = soap.command(shell, "sort");
        assertThat(soap.send(shell, command, "b\r\n".getBytes(UTF_8), false).status())
                .isEqualTo(200);
        assertThat(soap.send(shell, command, "a".getBytes(UTF_8), true).status())
                .isEqualTo(200);
        Answer answer = soap.receive(shell, command);
        assertThat(answer.stream("stdout")).asString(UTF_8).isEqualTo("got b\r\na");
        assertThat(answer.state()).isEqualTo("Done");
        assertThat(answer.one("ExitCode")).isEqualTo("0");
    }

    @Test
    void argumentsFollowTheCommand() throws Exception {
        soap.command(soap.create(), "msiexec", "/i", "\"C:\\a b.msi\"");
        assertThat(server.commandLines()).containsExactly("msiexec /i \"C:\\a b.msi\"");
    }

    @Test
    void controlCInterruptsACommand() throws Exception {
        host.playing("ping -t localhost").print("...", UTF_8);
        String shell = soap.create();
        String command = soap.command(shell, "ping -t localhost");
        assertThat(soap.receive(shell, command).state()).isEqualTo("Running");
        assertThat(soap.signal(shell, command, "ctrl_c").status()).isEqualTo(200);
        Answer answer = soap.receive(shell, command);
        assertThat(answer.state()).isEqualTo("Done");
        assertThat(answer.one("ExitCode")).isEqualTo("3221225786");
    }

    @Test
    void aTerminatedCommandIsGoneAndItsReceiveEnds() throws Exception {
        SimpleProcess process = new SimpleProcess();
        WatchedProcess watched = new WatchedProcess(process);
        host.on("notepad", c -> watched);
        String shell = soap.create();
        String command = soap.command(shell, "notepad");
        CompletableFuture<Answer> receive = receiving(shell, command);
        watched.awaitRead(Duration.ofSeconds(30));
        assertThat(soap.signal(shell, command, "terminate").status()).isEqualTo(200);
        assertThat(process.terminated()).isCompleted();
        assertThat(receive.get().faultCode()).isEqualTo(995);
        assertThat(soap.receive(shell, command).faultCode()).isEqualTo(87);
        assertThat(soap.signal(shell, command, "terminate").faultCode()).isEqualTo(87);
    }

    private CompletableFuture<Answer> receiving(String shell, String command) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return soap.receive(shell, command);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aDeletedShellTakesItsCommandsWithIt() throws Exception {
        SimpleProcess process = host.playing("notepad");
        String shell = soap.create();
        String command = soap.command(shell, "notepad");
        assertThat(soap.delete(shell).status()).isEqualTo(200);
        assertThat(process.terminated()).isCompleted();
        assertThat(soap.receive(shell, command).faultCode()).isEqualTo(2150858843L);
        assertThat(soap.delete(shell).faultCode()).isEqualTo(2150858843L);
    }

    @Test
    void aReceiveWithoutNewsEndsWithItsTime() throws Exception {
        host.playing("sleep");
        String shell = soap.create();
        String command = soap.command(shell, "sleep");
        Answer answer = soap.receive(shell, command, Duration.ofMillis(50));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.faultCode()).isEqualTo(2150858793L);
        assertThat(answer.all("Text").get(0)).contains("OperationTimeout");
    }

    @Test
    void theNewestReceiveIsTheOneThatIsAnswered() throws Exception {
        SimpleProcess process = new SimpleProcess();
        WatchedProcess watched = new WatchedProcess(process);
        host.on("slow", c -> watched);
        String shell = soap.create();
        String command = soap.command(shell, "slow");
        CompletableFuture<Answer> older = receiving(shell, command);
        watched.awaitRead(Duration.ofSeconds(30));
        CompletableFuture<Answer> newer = receiving(shell, command);
        assertThat(older.get().faultCode()).isEqualTo(995);
        process.print("for one", UTF_8).exit(0);
        assertThat(newer.get().stream("stdout")).asString(UTF_8).isEqualTo("for one");
    }

    @Test
    void piecesSplitCharacters() throws Exception {
        byte[] bytes = "né".getBytes(Charset.forName("IBM437"));
        byte[] wide = "日".getBytes(UTF_8);
        host.on("echo", c -> new SimpleProcess().print(bytes).printError(wide).exit(0));
        server.outputInPieces(2);
        String shell = soap.create();
        String command = soap.command(shell, "echo");
        Answer first = soap.receive(shell, command);
        assertThat(first.stream("stdout")).isEqualTo(bytes);
        assertThat(first.state()).isEqualTo("Running");
        Answer second = soap.receive(shell, command);
        assertThat(second.stream("stderr")).containsExactly(wide[0], wide[1]);
        assertThat(second.state()).isEqualTo("Running");
        Answer third = soap.receive(shell, command);
        assertThat(third.stream("stderr")).containsExactly(wide[2]);
        assertThat(third.state()).isEqualTo("Done");
    }

    @Test
    void anEndIsToldAgainToWhoAsksAgain() throws Exception {
        host.says("dir", "files", 7);
        String shell = soap.create();
        String command = soap.command(shell, "dir");
        assertThat(soap.receive(shell, command).one("ExitCode")).isEqualTo("7");
        Answer again = soap.receive(shell, command);
        assertThat(again.one("ExitCode")).isEqualTo("7");
        assertThat(again.stream("stdout")).isEmpty();
    }

    @Test
    void aShellBelongsToItsUser() throws Exception {
        String shell = soap.create();
        Soap guest = new Soap(server.endpoint(), "guest", "pw");
        assertThat(guest.delete(shell).faultCode()).isEqualTo(5);
        assertThat(server.shellsOpen()).isEqualTo(1);
    }

    @Test
    void aHostMayRefuseWithAFaultOfItsChoice() throws Exception {
        host.on("quser", c -> {
            throw new WsmanFaultException(WsmanFault.ACCESS_DENIED);
        });
        String shell = soap.create();
        Answer answer = soap.ask(
                Names.SHELL + "/Command", shell, "<rsp:CommandLine><rsp:Command>quser</rsp:Command></rsp:CommandLine>");
        assertThat(answer.faultCode()).isEqualTo(5);
        assertThat(server.commandLines()).isEmpty();
    }
}
