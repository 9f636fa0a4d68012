package io.gds.database.testkit.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's key and certificate, and what clients need to trust it. Immutable. */
public final class TlsIdentity {
    private static final char[] IN_MEMORY = "in-memory".toCharArray();
    private static final int PEM_LINE = 64;

    private final X509Certificate certificate;
    private final SSLContext context;

    private TlsIdentity(X509Certificate certificate, SSLContext context) {
        this.certificate = certificate;
        this.context = context;
    }

    /**
     * A new key with a certificate that is its own issuer, good until 2099.
     *
     * @param names host names or IPv4 addresses it is good for; at least one
     */
    public static TlsIdentity selfSigned(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("a certificate needs a name");
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = SelfSigned.certificate(keys, List.of(names));
            KeyStore store = emptyStore();
            store.setKeyEntry("server", keys.getPrivate(), IN_MEMORY, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, IN_MEMORY);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new TlsIdentity(certificate, context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("making a certificate for " + List.of(names), e);
        }
    }

    /** One for {@code localhost} and 127.0.0.1, which is the same for as long as the JVM lives. */
    public static TlsIdentity ofLocalhost() {
        return Localhost.IDENTITY;
    }

    private static final class Localhost {
        private static final TlsIdentity IDENTITY = selfSigned("localhost", "127.0.0.1");
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Its certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Its certificate as text, for {@code serverCertificate} and the like. */
    public String certificatePem() {
        try {
            String body = Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a PKCS#12 store that trusts this certificate and nothing else; gives back the file. */
    public Path writeTrustStore(Path file, String password) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = emptyStore();
            store.setCertificateEntry("server", certificate);
            store.store(out, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("writing a trust store", e);
        }
        return file;
    }

    /** For a server's side of TLS. */
    public SSLContext context() {
        return context;
    }
}
