package io.gds.engine.postgres.internal.patroni.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Issues certificates with the JDK's own keytool, into one directory. */
final class CertificateAuthority {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    CertificateAuthority(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = directory;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c", "-keyalg", "EC");
        writePem("ca.pem", "CERTIFICATE", store().getCertificate("ca").getEncoded());
    }

    /** A certificate and its key, in the store and as PEM files. */
    CertificateAuthority issue(String name, String keyAlgorithm, String... extensions)
            throws IOException, InterruptedException, GeneralSecurityException {
        List<String> make = new ArrayList<>(List.of(
                "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", keyAlgorithm, "-signer", "ca"));
        for (String each : extensions) {
            make.addAll(List.of("-ext", each));
        }
        keytool(make.toArray(String[]::new));
        writePem(name + ".pem", "CERTIFICATE", store().getCertificate(name).getEncoded());
        writePem(name + ".key", "PRIVATE KEY", key(name));
        return this;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** The key in PKCS#8. */
    byte[] key(String name) throws GeneralSecurityException, IOException {
        return store().getKey(name, PASSWORD.toCharArray()).getEncoded();
    }

    Path writePem(String file, String kind, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der);
        return Files.writeString(
                file(file), "a comment\n-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    /** A server's side that shows one certificate and trusts this authority. */
    SSLContext server(String name) throws GeneralSecurityException, IOException {
        KeyStore all = store();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        char[] password = PASSWORD.toCharArray();
        one.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", all.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(file("store.p12").toFile(), PASSWORD.toCharArray());
    }

    private String path(String name) {
        return file(name).toString();
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", path("store.p12"), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).as(() -> log()).isZero();
    }

    private String log() {
        try {
            return Files.readString(file("keytool.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
