package io.gds.database.testkit.winrm;

import static io.gds.database.testkit.winrm.WinRm4j.PASSWORD;
import static io.gds.database.testkit.winrm.WinRm4j.USER;
import static io.gds.database.testkit.winrm.WinRm4j.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudsoft.winrm4j.client.ShellCommand;
import io.cloudsoft.winrm4j.client.WinRmClient;
import io.gds.database.testkit.winrm.WinRm4j.Said;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.xml.ws.soap.SOAPFaultException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real client makes of the troubles of the fake service. */
@Timeout(180)
final class WinRm4jFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static WinRm4j winRm;

    private final ScriptedHost host = new ScriptedHost();

    @BeforeAll
    static void startClient() throws Exception {
        winRm = new WinRm4j(SSLContext.getDefault());
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
    void aShellThatARestartHasLostIsSaidToBeLost() throws Exception {
        SimpleProcess running = host.playing("first");
        Gate gate = new Gate();
        try (WinRmServer server = builder().start();
                WinRmClient client = client(server);
                ShellCommand shell = client.createShell()) {
            server.plan(Operation.RECEIVE, Trouble.hold(gate));
            CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> fault(shell, "first"));
            gate.awaitArrival(PATIENCE);
            server.restart();
            gate.open();
            assertThat(first.get()).isEqualTo(2150858843L);
            assertThat(running.terminated()).isCompleted();
            assertThat(server.shellsOpen()).isZero();
            assertThat(fault(shell, "second")).isEqualTo(2150858843L);
            assertThat(server.commandLines()).containsExactly("first");
        }
    }

    /** The code of the fault with which a command ends; the client wraps those of Command. */
    private static long fault(ShellCommand shell, String line) {
        Throwable thrown = catchThrowable(() -> run(shell, line));
        while (thrown != null && !(thrown instanceof SOAPFaultException)) {
            thrown = thrown.getCause();
        }
        assertThat(thrown).isNotNull();
        return WinRm4j.code((SOAPFaultException) thrown);
    }

    @Test
    void aReceiveThatWasCutIsAskedAgainAndNothingIsLostOrDoubled() throws Exception {
        host.says("report", "all of it", 4);
        try (WinRmServer server = builder().start();
                WinRmClient client = client(server);
                ShellCommand shell = client.createShell()) {
            server.plan(Operation.RECEIVE, 2, Trouble.dropBefore());
            assertThat(run(shell, "report")).isEqualTo(new Said(4, "all of it", ""));
            assertThat(server.requests(Operation.RECEIVE)).isEqualTo(3);
        }
    }

    @Test
    void aReceiveThatWaitsWhileItIsCutTakesNoOutputWithIt() throws Exception {
        SimpleProcess process = new SimpleProcess();
        WatchedProcess watched = new WatchedProcess(process);
        host.on("slow", c -> watched);
        try (WinRmServer server = builder().start();
                WinRmClient client = client(server);
                ShellCommand shell = client.createShell()) {
            CompletableFuture<Said> said = CompletableFuture.supplyAsync(() -> run(shell, "slow"));
            watched.awaitRead(PATIENCE);
            server.cutAll();
            process.print("once", UTF_8).exit(0);
            assertThat(said.get()).isEqualTo(new Said(0, "once", ""));
        }
    }

    @Test
    void anAnswerOfReceiveThatIsLostTakesItsOutputWithIt() throws Exception {
        SimpleProcess process = host.playing("report");
        process.print("lost ", UTF_8);
        Runnable andThen = () -> process.print("kept", UTF_8).exit(0);
        try (WinRmServer server = builder().start();
                WinRmClient client = winRm.ntlm(server.endpoint())
                        .failureRetryPolicy(WinRm4j.retrying(andThen))
                        .build();
                ShellCommand shell = client.createShell()) {
            server.plan(Operation.RECEIVE, Trouble.dropAfter());
            assertThat(run(shell, "report")).isEqualTo(new Said(0, "kept", ""));
        }
    }

    @Test
    void aCommandWhoseAnswerIsLostRunsAllTheSame() throws Exception {
        host.playing("shutdown /r");
        try (WinRmServer server = builder().start();
                WinRmClient client = client(server);
                ShellCommand shell = client.createShell()) {
            server.plan(Operation.COMMAND, Trouble.dropAfter());
            assertThat(catchThrowableOfType(Exception.class, () -> run(shell, "shutdown /r")))
                    .hasRootCauseInstanceOf(IOException.class);
            assertThat(server.commandLines()).containsExactly("shutdown /r");
        }
    }

    @Test
    void oneShellTooManyIsAQuotaFault() throws Exception {
        try (WinRmServer server = builder().maxShellsPerUser(1).start();
                WinRmClient client = client(server);
                WinRmClient other = client(server)) {
            try (ShellCommand shell = client.createShell()) {
                assertThat(shell).isNotNull();
                SOAPFaultException fault = catchThrowableOfType(SOAPFaultException.class, other::createShell);
                assertThat(fault).hasMessageContaining("maximum number of concurrent shells");
                assertThat(WinRm4j.code(fault)).isEqualTo(2150859173L);
            }
            other.createShell().close();
            assertThat(server.shellsCreated()).isEqualTo(2);
        }
    }

    @Test
    void aShellKeepsItsOperationsUntilItIsClosed() throws Exception {
        host.says("one", "1", 0).says("two", "2", 0);
        try (WinRmServer server = builder().maxOperationsPerUser(1).start();
                WinRmClient client = client(server)) {
            try (ShellCommand shell = client.createShell()) {
                run(shell, "one");
                assertThat(fault(shell, "two")).isEqualTo(2150859174L);
            }
            try (ShellCommand shell = client.createShell()) {
                assertThat(run(shell, "two").out()).isEqualTo("2");
            }
        }
    }

    @Test
    void plannedFaultsArriveInTheirOrder() throws Exception {
        host.says("dir", "files", 0);
        try (WinRmServer server = builder().start();
                WinRmClient client = client(server)) {
            server.plan(Operation.CREATE, Trouble.fault(WsmanFault.ACCESS_DENIED));
            server.plan(Operation.CREATE, Trouble.status(503));
            SOAPFaultException denied = catchThrowableOfType(SOAPFaultException.class, client::createShell);
            assertThat(denied).hasMessageContaining("Access is denied");
            assertThat(WinRm4j.code(denied)).isEqualTo(5);

            // 503 is an I/O error for this client, so it asks again.
            try (ShellCommand shell = client.createShell()) {
                server.plan(Operation.RECEIVE, Trouble.nothing());
                server.plan(Operation.RECEIVE, Trouble.fault(WsmanFault.ABORTED));
                assertThat(run(shell, "dir").out()).isEqualTo("files");
                assertThat(fault(shell, "dir")).isEqualTo(995);
            }
            assertThat(server.requests(Operation.CREATE)).isEqualTo(3);
            assertThat(server.shellsCreated()).isEqualTo(1);
        }
    }
}
