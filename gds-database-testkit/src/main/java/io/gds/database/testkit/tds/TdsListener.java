package io.gds.database.testkit.tds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Listens on a port of the loopback address. */
final class TdsListener {
    private static final int BACKLOG = 50;
    private static final Duration AGAIN = Duration.ofMillis(20);
    private static final Duration FREE = Duration.ofSeconds(5);

    private final ServerSocket socket;
    private final Consumer<Socket> clients;
    private final Thread accepting;

    private TdsListener(ServerSocket socket, Consumer<Socket> clients) {
        this.socket = socket;
        this.clients = clients;
        this.accepting = new Thread(this::accept, "tds-accept-" + socket.getLocalPort());
        accepting.setDaemon(true);
    }

    /** On a free port when it is 0. */
    static TdsListener open(InetAddress address, int port, Consumer<Socket> clients) {
        TdsListener listener = new TdsListener(bound(address, port), clients);
        listener.accepting.start();
        return listener;
    }

    /** A port that was given up a moment ago may not be free yet: a thread that is late to leave accept holds it. */
    private static ServerSocket bound(InetAddress address, int port) {
        long until = System.nanoTime() + FREE.toNanos();
        while (true) {
            try {
                return bind(address, port);
            } catch (BindException e) {
                if (port == 0 || System.nanoTime() - until > 0) {
                    throw new UncheckedIOException("listening on " + address + ":" + port, e);
                }
                LockSupport.parkNanos(AGAIN.toNanos());
            } catch (IOException e) {
                throw new UncheckedIOException("listening on " + address + ":" + port, e);
            }
        }
    }

    private static ServerSocket bind(InetAddress address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                clients.accept(client);
            } catch (IOException e) {
                // closed, which ends the loop, or a client that left at once
            }
        }
    }

    /** The port is taken for as long as a thread is inside of accept, so this waits for it. */
    void close() {
        try {
            socket.close();
            accepting.join(FREE.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
