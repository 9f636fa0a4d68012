package io.gds.engine.mssql.internal.winrm;

import io.cloudsoft.winrm4j.client.WinRmClientBuilder;
import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Shells over WinRM, {@code shell.type: winrm}. */
public final class WinRmShellProvider implements HostShellProvider {
    /** For ServiceLoader. */
    public WinRmShellProvider() {}

    @Override
    public String type() {
        return "winrm";
    }

    @Override
    public HostShell open(String host, Params settings, Secrets secrets) {
        WinRmSettings read = WinRmSettings.of(host, settings);
        String endpoint = read.endpoint(host);
        SSLContext trust = trust(read, secrets);
        try {
            URL service = URI.create(endpoint).toURL();
            String password = secrets.resolve(read.password()).reveal();
            return new WinRmShell(
                    host,
                    new WinRmClients(trust),
                    all -> SoleClient.of(service, all, b -> settle(b, read, trust, password)),
                    read.connectTimeout());
        } catch (MalformedURLException | RuntimeException e) {
            throw e instanceof GdsDatabaseException ours ? ours : unusable(host, e);
        }
    }

    private static void settle(WinRmClientBuilder builder, WinRmSettings read, SSLContext trust, String password) {
        builder.authenticationScheme(scheme(read))
                .sslContext(trust)
                .connectionTimeout(read.connectTimeout().toMillis())
                .operationTimeout(WinRmShell.POLL.toMillis())
                .retryReceiveAfterOperationTimeout(code -> WinRmCall.mayGoOn())
                .requestNewKerberosTicket(read.login() == WinRmSettings.Login.KERBEROS);
        if (read.domain().isPresent()) {
            builder.credentials(read.domain().get(), read.account(), password);
        } else {
            builder.credentials(read.account(), password);
        }
    }

    private static GdsDatabaseException unusable(String host, Exception e) {
        return GdsDatabaseException.user("MSSQL-WINRM")
                .message("host " + host + ": the settings of its shell cannot be used: " + e.getMessage() + ".")
                .remedy("correct shell in the spec.")
                .cause(e)
                .build();
    }

    private static String scheme(WinRmSettings settings) {
        return switch (settings.login()) {
            case NTLM -> "NTLM";
            case KERBEROS -> "Kerberos";
            case BASIC -> "Basic";
        };
    }

    private static SSLContext trust(WinRmSettings settings, Secrets secrets) {
        try {
            if (settings.trustStore().isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            char[] password = settings.trustStorePassword()
                    .map(secrets::resolve)
                    .map(Secret::reveal)
                    .orElse("")
                    .toCharArray();
            try (InputStream in =
                    Files.newInputStream(Path.of(settings.trustStore().get()))) {
                store.load(in, password.length == 0 ? null : password);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw GdsDatabaseException.user("MSSQL-WINRM-TLS")
                    .message("shell.trustStore: " + settings.trustStore().orElse("the platform's") + " cannot be used: "
                            + e.getMessage() + ".")
                    .remedy("name a key store file (PKCS #12 or JKS) with the certificates to trust, and its password.")
                    .cause(e)
                    .build();
        }
    }
}
