package io.gds.database.testkit.tds;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. A thread of its own reads what comes, so that the client can cancel what another thread executes.
 * All methods are thread-safe.
 */
final class TdsConnection {
    private final ServerState server;
    private final TdsLink link;
    private final int id;
    private final Running running = new Running();
    private final Thread reader;
    private final Consumer<TdsConnection> whenOver;
    private volatile Handshake.@Nullable LoggedIn client;
    private volatile @Nullable RequestLoop requests;

    TdsConnection(ServerState server, Socket socket, int id, Consumer<TdsConnection> whenOver) throws IOException {
        this.server = server;
        this.link = new TdsLink(socket);
        this.id = id;
        this.whenOver = whenOver;
        this.reader = thread(this::serve, "read");
    }

    private Thread thread(Runnable work, String what) {
        Thread thread = new Thread(work, "tds-" + server.name() + "-" + id + "-" + what);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        reader.start();
    }

    private void serve() {
        try {
            Handshake handshake = new Handshake(server, link, id);
            Optional<Handshake.LoggedIn> let = handshake.run();
            if (let.isPresent()) {
                read(handshake, let.get());
            }
        } catch (IOException | InterruptedException e) {
            // it is over, by one side or the other
        } finally {
            link.close();
            whenOver.accept(this);
        }
    }

    /** A client that knows that it is in finds itself among the sessions. */
    private void read(Handshake handshake, Handshake.LoggedIn in) throws IOException {
        RequestLoop loop = new RequestLoop(server, link, id, in, running);
        Thread thread = thread(() -> execute(handshake, in, loop), "execute");
        requests = loop;
        client = in;
        thread.start();
        try {
            TdsMessage message = TdsMessage.read(link.in());
            while (message != null) {
                if (message.type() == TdsMessage.ATTENTION) {
                    server.countAttention();
                    cancel(running.attention(), in.session());
                }
                loop.add(message);
                message = TdsMessage.read(link.in());
            }
        } finally {
            client = null;
            cancel(running.stop(), in.session());
            loop.end();
            awaitEnd(thread);
        }
    }

    /** Who waits for the reading thread has waited for both. */
    private static void awaitEnd(Thread executing) {
        boolean interrupted = false;
        while (executing.isAlive()) {
            try {
                executing.join();
            } catch (InterruptedException e) {
                interrupted = true; // by a cut, which the other thread has noticed too
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cancel(boolean busy, SqlSession session) {
        if (busy) {
            session.attention();
        }
    }

    private void execute(Handshake handshake, Handshake.LoggedIn in, RequestLoop loop) {
        try {
            handshake.welcome(in);
            loop.run();
        } catch (IOException | InterruptedException e) {
            // it is over, by one side or the other
        } finally {
            link.close();
            in.session().close();
        }
    }

    /** Empty before the login and after the end. */
    Optional<SessionInfo> info() {
        Handshake.LoggedIn in = client;
        RequestLoop loop = requests;
        return in == null || loop == null
                ? Optional.empty()
                : Optional.of(new SessionInfo(id, in.login().login(), loop.database()));
    }

    /** The client sees a reset; what is being executed is interrupted. */
    void cut() {
        link.reset();
        running.stop();
        reader.interrupt();
    }

    /** Waits for its threads to end. */
    void join(Duration atMost) throws InterruptedException {
        reader.join(atMost.toMillis());
    }
}
