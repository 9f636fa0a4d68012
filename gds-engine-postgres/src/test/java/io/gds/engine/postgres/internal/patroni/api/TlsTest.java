package io.gds.engine.postgres.internal.patroni.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import io.gds.engine.postgres.internal.patroni.api.FakePatroni.VerifyClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates on both sides, keys in every form. */
class TlsTest {
    private static final String PASSPHRASE = "open sesame";

    @TempDir
    static Path directory;

    private static CertificateAuthority ca;

    @BeforeAll
    static void certificates() throws Exception {
        ca = new CertificateAuthority(directory)
                .issue("server", "EC", "san=ip:127.0.0.1")
                .issue("elsewhere", "EC", "san=dns:elsewhere.example")
                .issue("client", "RSA");
    }

    private static TlsFiles trusting() {
        return new TlsFiles(Optional.of(ca.file("ca.pem")), Optional.empty());
    }

    private static TlsFiles showing(String certificate, Path key, Optional<Secret> passphrase) {
        return new TlsFiles(
                Optional.of(ca.file("ca.pem")),
                Optional.of(new TlsFiles.Client(ca.file(certificate + ".pem"), key, passphrase)));
    }

    private static FakePatroni server(String certificate, VerifyClient verify)
            throws GeneralSecurityException, IOException {
        FakeCluster cluster = new FakeCluster(Version.V4_0, "n1", "n2");
        return new FakePatroni(cluster, "n1", Optional.of(ca.server(certificate)), verify);
    }

    private static PatroniApis client(FakePatroni server, TlsFiles files) {
        return new PatroniApis(List.of(server.target()), FakeMembers.PATIENT.withTls(files));
    }

    private static void worksWith(TlsFiles files) throws Exception {
        try (FakePatroni server = server("server", VerifyClient.REQUIRED);
                PatroniApis apis = client(server, files)) {
            assertThat(apis.cluster().members()).hasSize(2);
            assertThat(apis.member("n1").mayWrite().isAllowed()).isTrue();
        }
    }

    @Test
    void aTrustedServer() throws Exception {
        try (FakePatroni server = server("server", VerifyClient.NONE);
                PatroniApis apis = client(server, trusting())) {
            assertThat(apis.switchover("n1", Optional.of("n2")).isDone()).isTrue();
        }
    }

    @Test
    void anUntrustedServerIsRefusedAndNothingIsSent() throws Exception {
        try (FakePatroni server = server("server", VerifyClient.NONE);
                PatroniApis apis = new PatroniApis(List.of(server.target()), FakeMembers.PATIENT)) {
            refused(apis, server);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefusedAndNothingIsSent() throws Exception {
        try (FakePatroni server = server("elsewhere", VerifyClient.NONE);
                PatroniApis apis = client(server, trusting())) {
            refused(apis, server);
        }
    }

    @Test
    void plainHttpWhereTlsIsSpokenIsAnError() throws Exception {
        try (FakePatroni server = server("server", VerifyClient.NONE)) {
            ApiTarget plain =
                    ApiTarget.of("n1", server.target().base().toString().replace("https", "http"));
            try (PatroniApis apis = new PatroniApis(List.of(plain), FakeMembers.PATIENT)) {
                assertThatThrownBy(apis::cluster).isInstanceOf(GdsDatabaseException.class);
            }
        }
    }

    @Test
    void tlsWherePlainHttpIsSpokenIsAnError() throws Exception {
        FakeCluster cluster = new FakeCluster(Version.V4_0, "n1", "n2");
        try (FakePatroni server = new FakePatroni(cluster, "n1")) {
            ApiTarget secure =
                    ApiTarget.of("n1", server.target().base().toString().replace("http", "https"));
            try (PatroniApis apis = new PatroniApis(List.of(secure), FakeMembers.PATIENT.withTls(trusting()))) {
                // Its answer, which is no TLS, comes before it hangs up; a reset may overtake it.
                assertThatThrownBy(apis::cluster)
                        .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                                .isIn("PATRONI-TLS", "PATRONI-UNREACHABLE"));
                assertThat(apis.switchover("n1", Optional.of("n2")).outcome()).isIn(Outcome.NOT_SENT, Outcome.UNKNOWN);
                assertThat(server.seen()).isEmpty();
            }
        }
    }

    @Test
    void withoutACertificateVerbsAreForbiddenWhereItIsOptional() throws Exception {
        try (FakePatroni server = server("server", VerifyClient.OPTIONAL);
                PatroniApis apis = client(server, trusting())) {
            assertThat(apis.cluster().members()).hasSize(2);
            assertThat(apis.member("n1").mayWrite())
                    .isEqualTo(new WriteAccess(WriteAccess.Kind.FORBIDDEN, "client certificate required"));
        }
    }

    @Test
    void withoutACertificateNothingWorksWhereItIsRequired() throws Exception {
        try (FakePatroni server = server("server", VerifyClient.REQUIRED);
                PatroniApis apis = client(server, trusting())) {
            // The server's alert comes after the client's last word; a reset may overtake it.
            assertThatThrownBy(apis::cluster)
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isIn("PATRONI-TLS", "PATRONI-UNREACHABLE"));
            Reply reply = apis.switchover("n1", Optional.of("n2"));
            assertThat(reply.outcome()).isIn(Outcome.NOT_SENT, Outcome.UNKNOWN);
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void aKeyInPkcs8() throws Exception {
        worksWith(showing("client", ca.file("client.key"), Optional.empty()));
        worksWith(showing("server", ca.file("server.key"), Optional.empty()));
    }

    @Test
    void aKeyInPkcs1() throws Exception {
        byte[] pkcs8 = ca.key("client");
        ByteBuffer der = ByteBuffer.wrap(pkcs8);
        int octets = 26; // behind two lengths, version and algorithm of an RSA key
        assertThat(der.get(octets - 4)).isEqualTo((byte) 0x04);
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, octets, pkcs8.length);
        worksWith(showing("client", ca.writePem("client.rsa", "RSA PRIVATE KEY", pkcs1), Optional.empty()));
    }

    @Test
    void anEncryptedKey() throws Exception {
        Path file = directory.resolve("client.enc");
        openssl("pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", "pass:" + PASSPHRASE, "-out", file.toString());
        assertThat(file).content().contains("BEGIN ENCRYPTED PRIVATE KEY");
        worksWith(showing("client", file, Optional.of(Secret.of(PASSPHRASE))));
        unusable(showing("client", file, Optional.empty()), "client.enc", "there is no passphrase");
        unusable(showing("client", file, Optional.of(Secret.of("wrong"))), "client.enc", "cannot be opened");
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws IOException {
        unusable(showing("client", directory.resolve("none.key"), Optional.empty()), "none.key", "cannot be read");
        unusable(showing("client", ca.file("client.pem"), Optional.empty()), "found CERTIFICATE, expected PRIVATE KEY");
        unusable(showing("client", ca.file("server.key"), Optional.empty()), "server.key", "not the one");
        Path text = Files.writeString(directory.resolve("ca.txt"), "not a certificate");
        unusable(new TlsFiles(Optional.of(text), Optional.empty()), "ca.txt", "found nothing in PEM form");
        Path damaged = ca.writePem("damaged.pem", "CERTIFICATE", new byte[] {1, 2, 3});
        unusable(new TlsFiles(Optional.of(damaged), Optional.empty()), "damaged.pem", "no certificate");
    }

    /** Runs openssl on the client's key. */
    private static void openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-in", ca.file("client.key").toString()));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("openssl.log").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "openssl is not installed: " + e.getMessage());
            throw e;
        }
        assertThat(process.waitFor()).isZero();
    }

    private static void unusable(TlsFiles files, String... words) {
        assertThatThrownBy(() -> new PatroniApis(
                        List.of(ApiTarget.of("n1", "https://127.0.0.1:1")), ApiAccess.OPEN.withTls(files)))
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("PATRONI-TLS-FILE"))
                .hasMessageContainingAll(words)
                .hasMessageNotContaining(PASSPHRASE);
    }

    private static void refused(PatroniApis apis, FakePatroni server) {
        assertThatThrownBy(apis::cluster)
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("PATRONI-TLS");
                    assertThat(e.retryable()).isFalse();
                })
                .hasMessageContaining("no agreement on TLS");
        assertThat(apis.switchover("n1", Optional.of("n2")).outcome()).isEqualTo(Outcome.NOT_SENT);
        assertThat(server.seen()).isEmpty();
    }
}
