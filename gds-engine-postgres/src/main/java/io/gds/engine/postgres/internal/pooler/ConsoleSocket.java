package io.gds.engine.postgres.internal.pooler;

import io.gds.engine.postgres.internal.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.PGjdbcHostnameVerifier;

/** A socket to a pooler, with TLS as sslMode wants it. The driver's own rules decide which certificate is good. */
final class ConsoleSocket {
    private static final int SSL_REQUEST = 80877103;

    private ConsoleSocket() {}

    static Socket open(HostPort address, String sslMode, Duration limit) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address.host(), address.port()), millis(limit));
            plain.setSoTimeout(millis(limit));
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            return secured(plain, address, sslMode);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, HostPort address, String sslMode) throws IOException {
        if (sslMode.equals("disable")) {
            return plain;
        }
        plain.getOutputStream().write(WireBody.join(WireBody.int32(8), WireBody.int32(SSL_REQUEST)));
        int answer = plain.getInputStream().read();
        if (answer == 'N' && (sslMode.equals("prefer") || sslMode.equals("allow"))) {
            return plain;
        }
        if (answer != 'S') {
            throw new IOException("it does not offer TLS, and sslMode is " + sslMode);
        }
        Properties settings = new Properties();
        settings.setProperty("sslmode", sslMode);
        try {
            SSLSocket tls =
                    (SSLSocket) new LibPQFactory(settings).createSocket(plain, address.host(), address.port(), true);
            tls.setSoTimeout(plain.getSoTimeout());
            tls.startHandshake();
            if (sslMode.equals("verify-full")
                    && !PGjdbcHostnameVerifier.INSTANCE.verify(address.host(), tls.getSession())) {
                throw new IOException("its certificate is not one of " + address.host());
            }
            return tls;
        } catch (SQLException e) {
            throw new IOException("TLS: " + e.getMessage(), e);
        }
    }

    static int millis(Duration limit) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit.toMillis()));
    }
}
