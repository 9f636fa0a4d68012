package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the TLS context of PEM files. Nothing is written anywhere. */
final class TlsContext {
    private TlsContext() {}

    static SSLContext of(TlsFiles files) {
        try {
            KeyManager @Nullable [] shown =
                    files.client().isPresent() ? client(files.client().get()) : null;
            TrustManager @Nullable [] trusted =
                    files.ca().isPresent() ? authorities(files.ca().get()) : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown, trusted, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw GdsDatabaseException.environment("PATRONI-TLS-FILE")
                    .message("the certificates for the REST interface cannot be used: " + e.getMessage() + ".")
                    .remedy("check that key and certificate belong together.")
                    .cause(e)
                    .build();
        }
    }

    private static KeyManager[] client(TlsFiles.Client client) throws GeneralSecurityException, IOException {
        List<X509Certificate> chain = new PemFile(client.certificate()).certificates();
        KeyStore store = empty();
        char[] inMemory = UUID.randomUUID().toString().toCharArray();
        store.setKeyEntry(
                "client",
                new PemFile(client.key()).key(chain.get(0), client.passphrase()),
                inMemory,
                chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, inMemory);
        return factory.getKeyManagers();
    }

    private static TrustManager[] authorities(Path ca) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (X509Certificate each : new PemFile(ca).certificates()) {
            store.setCertificateEntry("ca" + number++, each);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
