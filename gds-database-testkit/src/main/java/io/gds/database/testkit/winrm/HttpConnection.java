package io.gds.database.testkit.winrm;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: reads requests and writes answers until one side is done. */
final class HttpConnection {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private final Socket raw;
    private final @Nullable SSLContext tls;
    private volatile boolean open = true;

    HttpConnection(Socket raw, @Nullable SSLContext tls) {
        this.raw = raw;
        this.tls = tls;
    }

    /** False once this side has cut it; what the client does is only seen when it is read from. */
    boolean isOpen() {
        return open;
    }

    /** Cuts it, whatever it is doing; from any thread. */
    void cut() {
        open = false;
        try {
            // The bare socket: one with TLS would say goodbye first, and might wait for it.
            raw.close();
        } catch (IOException e) {
            LOG.debug("closing a connection", e);
        }
    }

    /** Serves it to its end. */
    void serve(Conversation conversation) throws InterruptedException {
        try (Socket socket = secured()) {
            OutputStream out = socket.getOutputStream();
            HttpReader reader = new HttpReader(socket.getInputStream(), out);
            boolean goesOn = true;
            while (goesOn) {
                goesOn = one(reader, out, conversation);
            }
        } catch (IOException e) {
            LOG.debug("a connection ended", e);
        } finally {
            cut();
        }
    }

    private boolean one(HttpReader reader, OutputStream out, Conversation conversation)
            throws IOException, InterruptedException {
        Optional<HttpRequest> request;
        try {
            request = reader.next();
        } catch (ProtocolException e) {
            LOG.debug("bad request", e);
            out.write(HttpResponse.empty(400).bytes());
            out.flush();
            return false;
        }
        if (request.isEmpty()) {
            return false;
        }
        Optional<HttpResponse> answer = conversation.answer(request.get());
        if (answer.isEmpty()) {
            cut();
            return false;
        }
        out.write(answer.get().bytes());
        out.flush();
        return !request.get().closes();
    }

    private Socket secured() throws IOException {
        raw.setTcpNoDelay(true);
        if (tls == null) {
            return raw;
        }
        SSLSocket socket = (SSLSocket)
                tls.getSocketFactory().createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }
}
