package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.EngineMetadata.Status;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that take encrypted connections alone, signed by an authority of their own. */
@Tag("slow")
class EncryptedTest {
    @TempDir
    private Path directory;

    @Test
    void connectionsAreEncryptedAndTrustIsTheJvms() throws Exception {
        sh("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem");
        sh("openssl req -newkey rsa:2048 -nodes -subj /CN=server -keyout key.pem -out server.csr");
        sh("printf 'subjectAltName=IP:127.0.0.1\\n' > ext && openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key"
                + " -CAcreateserial -days 2 -extfile ext -out cert.pem && cat key.pem cert.pem > server.pem");
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(trusting(directory.resolve("ca.pem")));
        try (AdminSet bed =
                AdminSet.start(b -> b.members(1).tls(directory.resolve("server.pem"), directory.resolve("ca.pem")))) {
            try (DatabaseEngine engine = bed.openWithoutShell("connection: {tls: true}\n")) {
                assertThat(engine.metadata().status()).isEqualTo(Status.AVAILABLE);
                assertThat(engine.databases()).isNotEmpty();
            }
            try (DatabaseEngine engine = bed.openWithoutShell("connection: {connectTimeout: PT1S}\n")) {
                assertThatThrownBy(engine::metadata).hasMessageContaining("GDS-CONNECTION");
            }
            SSLContext.setDefault(before);
            try (DatabaseEngine engine = bed.openWithoutShell("connection: {tls: true, connectTimeout: PT1S}\n")) {
                assertThatThrownBy(engine::metadata)
                        .hasMessageContaining("GDS-CONNECTION")
                        .hasMessageContaining("unable to find valid certification path");
            }
        } finally {
            SSLContext.setDefault(before);
        }
    }

    private void sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
