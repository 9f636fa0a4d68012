package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.testkit.winrm.Soap.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service around the shells: messages that are wrong, hosts that are down, planned troubles. */
@Timeout(60)
final class ServiceTest {
    private static final String IDENTIFY = "<s:Envelope xmlns:s=\"" + Names.SOAP + "\" xmlns:i=\"" + Names.IDENTITY
            + "\"><s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>";

    private WinRmServer server;
    private Soap soap;

    @BeforeEach
    void start() throws IOException {
        server = WinRmServer.builder(new ScriptedHost())
                .account("admin", "pw")
                .basic()
                .allowUnencrypted()
                .maxEnvelopeSize(10_000)
                .start();
        soap = new Soap(server.endpoint(), "admin", "pw");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<s:Envelope",
                "<Envelope/>",
                "<!DOCTYPE x []>" + IDENTIFY,
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///secret\">]>" + IDENTIFY
            })
    void whatIsNoEnvelopeIsABadRequest(String body) throws Exception {
        Answer answer = soap.post(body.getBytes(UTF_8));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faultCode()).isEqualTo(2150858819L);
        // Without a document type the same envelope can be read.
        assertThat(soap.post(IDENTIFY.getBytes(UTF_8)).status()).isEqualTo(500);
    }

    @Test
    void anUnknownActionIsAFault() throws Exception {
        Answer answer = soap.ask(Names.TRANSFER + "/Get", "", "");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.all("Value")).containsExactly("s:Sender", "a:ActionNotSupported");
        assertThat(answer.one("Action")).isEqualTo(Names.ADDRESSING + "/fault");
    }

    @Test
    void anUnknownResourceIsAFault() throws Exception {
        byte[] create = Soap.envelope(
                Names.TRANSFER + "/Create", "urn:other", "", "<rsp:Shell/>", Duration.ofSeconds(60), "uuid:1");
        assertThat(soap.post(create).all("Value")).containsExactly("s:Sender", "a:DestinationUnreachable");
    }

    @Test
    void whoIsHereIsSaidToEverybody() throws Exception {
        Answer answer = soap.post(IDENTIFY.getBytes(UTF_8), "WSMANIDENTIFY", "unauthenticated");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.one("ProtocolVersion")).isEqualTo(Names.WSMAN);
    }

    @Test
    void aMessageThatIsTooBigIsRefused() throws Exception {
        assertThat(soap.post(" ".repeat(10_001).getBytes(UTF_8)).status()).isEqualTo(413);
    }

    @Test
    void aHostThatIsDownComesBackOnTheSamePort() throws Exception {
        String shell = soap.create();
        server.refuse();
        assertThatThrownBy(() -> soap.create()).isInstanceOf(ConnectException.class);
        server.accept();
        assertThat(soap.delete(shell).status()).isEqualTo(200);
    }

    @Test
    void a401ForEverLastsUntilItIsCalm() throws Exception {
        server.plan(Operation.CREATE, WinRmServer.FOR_EVER, Trouble.unauthorized());
        for (int i = 0; i < 3; i++) {
            assertThat(soap.ask(Names.TRANSFER + "/Create", "", "<rsp:Shell/>").status())
                    .isEqualTo(401);
        }
        server.calm();
        soap.create();
        assertThat(server.requests(Operation.CREATE)).isEqualTo(4);
        assertThat(server.shellsCreated()).isEqualTo(1);
    }

    @Test
    void aClosedServerRefusesAndEndsItsCommands() throws Exception {
        SimpleProcess process = new SimpleProcess();
        WinRmServer other = WinRmServer.builder(c -> process)
                .account("admin", "pw")
                .basic()
                .allowUnencrypted()
                .start();
        Soap toOther = new Soap(other.endpoint(), "admin", "pw");
        toOther.command(toOther.create(), "notepad");
        other.close();
        assertThat(process.terminated()).isCompleted();
        assertThatThrownBy(toOther::create).isInstanceOf(ConnectException.class);
    }

    @Test
    void aBlockOfProgressIsWhatPowerShellWrites() {
        assertThat(Clixml.progress("Preparing <modules>"))
                .startsWith("#< CLIXML\r\n<Objs Version=\"1.1.0.1\"")
                .contains("<AV>Preparing &lt;modules&gt;</AV>")
                .endsWith("</Objs>");
        assertThat(Clixml.errors(List.of("a_x0041_b"))).contains("a_x005F_x0041_b_x000D__x000A_");
    }
}
