package io.gds.database.testkit.winrm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the loopback address and serves every connection on a thread of its own. The port stays the same when
 * listening stops and begins again. Thread-safe.
 */
final class HttpFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final long JOIN_MILLIS = 2_000;

    private final InetAddress address;
    private final @Nullable SSLContext tls;
    private final Function<HttpConnection, Conversation> conversations;
    private final Map<HttpConnection, Thread> connections = new LinkedHashMap<>();
    private final int port;
    private @Nullable Listener listener;

    /** Starts to listen; port 0 is any free one. */
    HttpFront(
            InetAddress address,
            int port,
            @Nullable SSLContext tls,
            Function<HttpConnection, Conversation> conversations)
            throws IOException {
        this.address = address;
        this.tls = tls;
        this.conversations = conversations;
        Listener first = listen(port);
        this.listener = first;
        this.port = first.socket.getLocalPort();
        first.thread.start();
    }

    private record Listener(ServerSocket socket, Thread thread) {}

    InetAddress address() {
        return address;
    }

    int port() {
        return port;
    }

    private Listener listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket(wanted, 0, address);
        Thread thread = new Thread(() -> acceptAll(socket), "winrm-accept-" + socket.getLocalPort());
        thread.setDaemon(true);
        return new Listener(socket, thread);
    }

    private void acceptAll(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                serve(socket.accept(), socket);
            } catch (IOException e) {
                LOG.debug("accept", e);
            }
        }
    }

    private synchronized void serve(Socket accepted, ServerSocket by) {
        HttpConnection connection = new HttpConnection(accepted, tls);
        if (by.isClosed()) {
            connection.cut();
            return;
        }
        Thread thread = new Thread(() -> run(connection), "winrm-" + port + "-" + accepted.getPort());
        thread.setDaemon(true);
        connections.put(connection, thread);
        thread.start();
    }

    private void run(HttpConnection connection) {
        try {
            connection.serve(conversations.apply(connection));
        } catch (InterruptedException e) {
            LOG.debug("interrupted", e);
        } finally {
            synchronized (this) {
                connections.remove(connection);
            }
        }
    }

    /** Listens again; does nothing when it does already. */
    synchronized void open() {
        if (listener != null) {
            return;
        }
        try {
            Listener again = listen(port);
            listener = again;
            again.thread.start();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is no longer free", e);
        }
    }

    /** Stops listening, then cuts all connections: whoever comes now is refused. */
    void refuse() {
        Listener old;
        synchronized (this) {
            old = listener;
            listener = null;
        }
        if (old != null) {
            try {
                old.socket.close();
            } catch (IOException e) {
                LOG.debug("closing port {}", port, e);
            }
            // The port stays open as long as a thread is inside of accept.
            join(old.thread);
        }
        cut();
    }

    /** Cuts the connections that are open now. */
    void cut() {
        List<HttpConnection> now;
        synchronized (this) {
            now = List.copyOf(connections.keySet());
        }
        now.forEach(HttpConnection::cut);
    }

    @Override
    public void close() {
        refuse();
        List<Thread> threads;
        synchronized (this) {
            threads = List.copyOf(connections.values());
        }
        threads.forEach(Thread::interrupt);
        // A host may close the server from within a command.
        threads.stream().filter(t -> !t.equals(Thread.currentThread())).forEach(HttpFront::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
