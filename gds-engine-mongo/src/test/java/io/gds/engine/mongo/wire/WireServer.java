package io.gds.engine.mongo.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;

/**
 * Listens on the loopback address and passes what drivers send to {@link Commands}: the wire protocol and nothing of a server
 * behind it. A thread of its own for each connection. {@link #close} cuts all connections.
 */
public final class WireServer implements AutoCloseable {
    private static final int BACKLOG = 50;
    private static final int INTERNAL_ERROR = 8;
    private static final Duration FREE = Duration.ofSeconds(5);

    private final ServerSocket listener;
    private final Commands commands;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();

    private final Thread accepting;

    private WireServer(ServerSocket listener, Commands commands) {
        this.listener = listener;
        this.commands = commands;
        this.accepting = background(this::accept, "accept");
    }

    /** Listens on a free port. */
    public static WireServer start(Commands commands) {
        return start(0, commands);
    }

    /** Listens on a port, such as the one of a server of before. */
    public static WireServer start(int port, Commands commands) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            WireServer server = new WireServer(listener, commands);
            server.accepting.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("listening on port " + port, e);
        }
    }

    /** Its port. */
    public int port() {
        return listener.getLocalPort();
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** Cuts every connection; new ones are accepted. */
    public void cutConnections() {
        open.forEach(WireServer::end);
    }

    private Thread background(Runnable work, String what) {
        Thread thread = new Thread(work, "wire-" + port() + "-" + what);
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                background(() -> serve(socket), "connection").start();
                if (listener.isClosed()) {
                    end(socket); // it came in the moment of the end
                }
            } catch (IOException e) {
                return; // closed, which is the only way out
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                WireMessage message = WireMessage.read(in);
                Document answer = answer(message.command());
                if (message.answered()) {
                    socket.getOutputStream().write(message.reply(number.incrementAndGet(), answer));
                }
            }
        } catch (IOException | ConnectionCut e) {
            // it is over, by one side or the other
        } finally {
            open.remove(socket);
        }
    }

    private Document answer(Document command) {
        try {
            Document answer = new Document(commands.answer(command));
            answer.putIfAbsent("ok", 1.0);
            return answer;
        } catch (CommandError e) {
            return e.answer();
        } catch (ConnectionCut e) {
            throw e;
        } catch (RuntimeException e) {
            return new CommandError(INTERNAL_ERROR, "UnknownError", "the stand-in failed: " + e).answer();
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutConnections();
        awaitFreePort();
    }

    /** The port is taken for as long as a thread is inside of accept. */
    private void awaitFreePort() {
        try {
            accepting.join(FREE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
