package io.gds.engine.postgres.internal.patroni.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** One member's REST interface on a loopback port, spoken as Python's HTTP server speaks it. */
final class FakePatroni implements AutoCloseable {
    /** What goes wrong with one request. */
    enum Fault {
        /** The connection is reset before anything happens. */
        RESET_BEFORE,
        /** It is done, and the connection is reset. */
        RESET_AFTER,
        /** It is done, and no answer ever comes. */
        SILENT_AFTER,
        /** It is done; half of the body comes, then the connection ends. */
        CUT_SHORT,
        /** It is done; half of the body comes, then a reset. */
        CUT_AND_RESET,
        /** Refused as a proxy refuses. */
        HTML_400,
        /** A gateway in between has run out of patience. */
        HTML_504,
        /** 200 and something that is not Patroni's. */
        GARBAGE,
        /** 200 and more than anybody wants to read. */
        ENDLESS
    }

    /** Whom the member asks for a certificate, as {@code verify_client} says. */
    enum VerifyClient {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    private static final int FIRST_PORT = 3_000;
    private static final int PORTS = 8_000;

    private final String name;
    private final FakeVerbs verbs;
    private final ServerSocket server;
    private final Thread acceptor;
    private final VerifyClient verify;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<FakeRequest> seen = new CopyOnWriteArrayList<>();
    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ConcurrentHashMap<String, String> settings = new ConcurrentHashMap<>();

    FakePatroni(FakeCluster cluster, String name) {
        this(cluster, name, Optional.empty(), VerifyClient.NONE);
    }

    FakePatroni(FakeCluster cluster, String name, Optional<SSLContext> tls, VerifyClient verify) {
        this.name = name;
        this.verbs = new FakeVerbs(cluster, name);
        this.verify = verify;
        try {
            this.server =
                    listen(tls.isPresent() ? tls.get().getServerSocketFactory() : ServerSocketFactory.getDefault());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (server instanceof SSLServerSocket secure) {
            secure.setWantClientAuth(verify == VerifyClient.OPTIONAL);
            if (verify == VerifyClient.REQUIRED) {
                secure.setNeedClientAuth(true);
            }
        }
        this.acceptor = start("fake-patroni-" + name, this::accept);
    }

    /** Not on a port that the kernel chooses: it would give it to somebody else as soon as this member is gone. */
    private static ServerSocket listen(ServerSocketFactory sockets) throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try {
                return sockets.createServerSocket(port, 50, InetAddress.getLoopbackAddress());
            } catch (BindException inUse) {
                // another one will be free
            }
        }
        throw new IOException("no free port among 100 from " + FIRST_PORT);
    }

    ApiTarget target() {
        String scheme = server instanceof SSLServerSocket ? "https" : "http";
        return new ApiTarget(name, URI.create(scheme + "://127.0.0.1:" + server.getLocalPort()));
    }

    FakePatroni withLogin(String user, String password) {
        settings.put("auth", Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
        return this;
    }

    FakePatroni refusingAddresses() {
        settings.put("allowlist", "10.0.0.0/8");
        return this;
    }

    /** Plays this to the next requests, one each. */
    FakePatroni then(Fault... next) {
        synchronized (faults) {
            faults.addAll(List.of(next));
        }
        return this;
    }

    List<FakeRequest> seen() {
        return List.copyOf(seen);
    }

    /** Waits until one more request has arrived and, if so, had its effect. */
    void awaitRequest() throws InterruptedException {
        arrived.acquire();
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                start("fake-patroni-" + name + "-request", () -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (socket instanceof SSLSocket secure) {
                secure.startHandshake();
            }
            Optional<FakeRequest> request = FakeRequest.read(socket.getInputStream());
            if (request.isPresent()) {
                seen.add(request.get());
                answer(socket, request.get(), next());
            }
        } catch (IOException e) {
            // The client left, or did not get through the handshake.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Socket socket, FakeRequest request, Optional<Fault> fault) throws IOException {
        if (fault.isEmpty()) {
            Optional<FakeResponse> response = refusal(socket, request).or(() -> verbs.handle(request));
            arrived.release();
            write(socket, response.map(FakeResponse::wire).orElse(""));
            return;
        }
        switch (fault.get()) {
            case RESET_BEFORE -> reset(socket);
            case RESET_AFTER -> {
                verbs.handle(request);
                reset(socket);
            }
            case SILENT_AFTER -> {
                verbs.handle(request);
                arrived.release();
                awaitClosing();
            }
            case CUT_SHORT -> writeHalf(socket, request);
            case CUT_AND_RESET -> {
                writeHalf(socket, request);
                reset(socket);
            }
            case HTML_400 -> write(socket, FakeResponse.error(400).wire());
            case HTML_504 -> write(socket, FakeResponse.error(504).wire());
            case GARBAGE -> write(socket, FakeResponse.text(200, "It works!").wire());
            case ENDLESS -> {
                write(socket, FakeResponse.text(200, "").wire());
                while (!socket.isClosed()) {
                    write(socket, "x".repeat(1 << 16));
                }
            }
        }
    }

    /** The order of the checks is Patroni's: address, certificate, login. Only verbs are checked. */
    private Optional<FakeResponse> refusal(Socket socket, FakeRequest request) {
        if (!request.isVerb()) {
            return Optional.empty();
        }
        if (settings.containsKey("allowlist")) {
            return Optional.of(FakeResponse.text(403, "Access is denied"));
        }
        if (verify != VerifyClient.NONE && !showsCertificate(socket)) {
            return Optional.of(FakeResponse.text(403, "client certificate required"));
        }
        String given = request.headers().getOrDefault("authorization", "");
        if (!settings.containsKey("auth") || given.equals("Basic " + settings.get("auth"))) {
            return Optional.empty();
        }
        return Optional.of(FakeResponse.text(401, given.isEmpty() ? "no auth header received" : "not authenticated"));
    }

    private static boolean showsCertificate(Socket socket) {
        try {
            return socket instanceof SSLSocket secure && secure.getSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private Optional<Fault> next() {
        synchronized (faults) {
            return Optional.ofNullable(faults.poll());
        }
    }

    private static void write(Socket socket, String wire) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(wire.getBytes(UTF_8));
        out.flush();
    }

    private void writeHalf(Socket socket, FakeRequest request) throws IOException {
        String wire = verbs.handle(request).orElseThrow().wire();
        int head = wire.indexOf("\r\n\r\n") + 4;
        write(socket, wire.substring(0, head + (wire.length() - head) / 2));
    }

    /** The client reads a reset instead of the end. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void awaitClosing() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Whoever calls afterwards is refused. A thread that waits in {@code accept} keeps the port open until it has
     * noticed, which on a busy machine is after a caller's next connection: so it is waited for.
     */
    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket each : open) {
            each.close();
        }
    }
}
