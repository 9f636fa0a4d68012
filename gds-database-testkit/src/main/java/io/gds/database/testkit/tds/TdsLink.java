package io.gds.database.testkit.tds;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The two streams of a connection, in clear text or in TLS, and the ways to end it. Ending it is thread-safe. */
final class TdsLink {
    private static final String TDS_8 = "tds/8.0";

    private final Socket socket;
    private final InputStream rawIn;
    private final OutputStream rawOut;
    private InputStream in;
    private OutputStream out;

    TdsLink(Socket socket) throws IOException {
        this.socket = socket;
        this.rawIn = new BufferedInputStream(socket.getInputStream());
        this.rawOut = socket.getOutputStream();
        this.in = rawIn;
        this.out = rawOut;
    }

    /** TLS before anything else. */
    void startStrictTls(TlsIdentity identity) throws IOException {
        SSLEngine engine = engine(identity);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {TDS_8});
        engine.setSSLParameters(parameters);
        TlsOverTds tls = new TlsOverTds(engine, rawIn, rawOut);
        tls.handshake();
        use(tls);
    }

    /** TLS after the prelogin. Version 1.3 has messages after the handshake, which would have no place in packets. */
    void startTls(TlsIdentity identity) throws IOException {
        SSLEngine engine = engine(identity);
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        TlsOverTds tls = new TlsOverTds(engine, rawIn, rawOut);
        tls.handshakeInPackets();
        use(tls);
    }

    private static SSLEngine engine(TlsIdentity identity) {
        SSLEngine engine = identity.context().createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    private void use(TlsOverTds tls) {
        in = tls.input();
        out = tls.output();
    }

    /** Back to clear text. */
    void endTls() {
        in = rawIn;
        out = rawOut;
    }

    InputStream in() {
        return in;
    }

    /** Beneath TLS. */
    InputStream rawIn() {
        return rawIn;
    }

    OutputStream out() {
        return out;
    }

    /** Reads whatever comes until the other side goes away. */
    void swallow() throws IOException {
        rawIn.transferTo(OutputStream.nullOutputStream());
    }

    /** The other side sees a reset, and may lose what it has not read yet. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        close();
    }

    /** The other side reads what is under way and then the end. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // there is nothing more to be done about it
        }
    }
}
