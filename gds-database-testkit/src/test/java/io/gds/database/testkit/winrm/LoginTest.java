package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in, and who does not. */
@Timeout(60)
final class LoginTest {
    private static final byte[] CREATE =
            Soap.envelope(Names.TRANSFER + "/Create", Names.CMD, "", "<rsp:Shell/>", Duration.ofSeconds(60), "uuid:1");

    private static WinRmServerBuilder builder() {
        return WinRmServer.builder(new ScriptedHost()).account("admin", "pw").account("CORP\\svc", "pw2");
    }

    @ParameterizedTest
    @CsvSource({"admin,pw,200", "any\\admin,pw,200", "corp\\SVC,pw2,200", "svc,pw2,401", "admin,PW,401", "nobody,pw,401"
    })
    void basicAsksForTheRightPassword(String user, String password, int status) throws Exception {
        try (WinRmServer server =
                builder().basic().negotiate().allowUnencrypted().start()) {
            Soap.Answer answer = new Soap(server.endpoint(), user, password).post(CREATE);
            assertThat(answer.status()).isEqualTo(status);
            if (status == 401) {
                assertThat(answer.http().headers().allValues("WWW-Authenticate"))
                        .containsExactly("Negotiate", "Basic realm=\"WSMAN\"");
            }
            assertThat(server.shellsOpen()).isEqualTo(status == 200 ? 1 : 0);
        }
    }

    @Test
    void basicOverPlainHttpIsRefusedAndNotOffered() throws Exception {
        try (WinRmServer server = builder().basic().negotiate().start()) {
            Soap.Answer answer = new Soap(server.endpoint(), "admin", "pw").post(CREATE);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.http().headers().allValues("WWW-Authenticate")).containsExactly("Negotiate");
        }
    }

    @Test
    void anNtlmLoginIsGoodForItsConnectionOnly() throws Exception {
        try (WinRmServer server = builder().negotiate().allowUnencrypted().start();
                NtlmClient client = new NtlmClient(server.port());
                NtlmClient other = new NtlmClient(server.port())) {
            byte[] nonce = client.negotiate(NtlmClient.hello()).nonce();
            // The first message is none of the service's, but its sender is known now.
            assertThat(client.negotiate(NtlmClient.proof(nonce, "admin", "pw")).status())
                    .isEqualTo(400);
            assertThat(client.post("", CREATE).orElseThrow().status()).isEqualTo(200);
            assertThat(other.post("", CREATE).orElseThrow().status()).isEqualTo(401);
        }
    }

    @Test
    void aForgedProofIsRefused() throws Exception {
        try (WinRmServer server = builder().negotiate().allowUnencrypted().start();
                NtlmClient client = new NtlmClient(server.port())) {
            byte[] nonce = client.negotiate(NtlmClient.hello()).nonce();
            byte[] forged = NtlmClient.proof(nonce, "admin", "pw");
            forged[70] ^= 1;
            NtlmClient.Answer answer = client.negotiate(forged);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.challenges()).containsExactly("Negotiate");

            // The challenge was used up, so that the right proof comes too late.
            assertThat(client.negotiate(NtlmClient.proof(nonce, "admin", "pw")).status())
                    .isEqualTo(401);
            assertThat(client.post("", CREATE).orElseThrow().status()).isEqualTo(401);
        }
    }

    @Test
    void aProofWithAnotherPasswordIsRefused() throws Exception {
        try (WinRmServer server = builder().negotiate().allowUnencrypted().start();
                NtlmClient client = new NtlmClient(server.port())) {
            byte[] nonce = client.negotiate(NtlmClient.hello()).nonce();
            assertThat(client.negotiate(NtlmClient.proof(nonce, "admin", "wrong"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void versionOneOfNtlmIsRefused() throws Exception {
        try (WinRmServer server = builder().negotiate().allowUnencrypted().start();
                NtlmClient client = new NtlmClient(server.port())) {
            client.negotiate(NtlmClient.hello());
            assertThat(client.negotiate(NtlmClient.answer("admin", new byte[24]))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void afterALoginClearTextOverHttpIsRefused() throws Exception {
        try (WinRmServer server = builder().negotiate().start();
                NtlmClient client = new NtlmClient(server.port())) {
            byte[] nonce = client.negotiate(NtlmClient.hello()).nonce();
            client.negotiate(NtlmClient.proof(nonce, "admin", "pw"));
            assertThat(client.post("", CREATE).orElseThrow().status()).isEqualTo(500);
            assertThat(server.shellsOpen()).isZero();
        }
    }

    @Test
    void aMessageThatIsSealedWronglyCutsTheConnection() throws Exception {
        byte[] body = ("--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
                        + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=4\r\n"
                        + "--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n"
                        + "\20\0\0\0" + "0123456789abcdef" + "fake" + "--Encrypted Boundary--\r\n")
                .getBytes(US_ASCII);
        try (WinRmServer server = builder().negotiate().start();
                NtlmClient client = new NtlmClient(server.port())) {
            byte[] nonce = client.negotiate(NtlmClient.hello()).nonce();
            client.negotiate(NtlmClient.proof(nonce, "admin", "pw"));
            assertThat(client.post("Content-Type: " + SealedBody.CONTENT_TYPE + "\r\n", body))
                    .isEqualTo(Optional.empty());
        }
    }

    @Test
    void passwordsAreInNoText() throws Exception {
        WinRmServerBuilder builder = builder().basic();
        try (WinRmServer server = builder.start()) {
            assertThat(builder + " " + server).contains("admin", "CORP\\svc").doesNotContain("pw");
        }
    }
}
