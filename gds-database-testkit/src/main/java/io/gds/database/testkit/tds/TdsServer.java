package io.gds.database.testkit.tds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Speaks TDS 7.4, or TDS 8 when it is {@linkplain Encryption#STRICT strict}, on the loopback address, and passes what clients
 * ask to a {@link SqlEndpoint}. Two threads of its own for each connection. Thread-safe.
 *
 * <p>It does not acknowledge session recovery, so drivers do not mend cut connections behind their user's back.
 */
public final class TdsServer implements AutoCloseable {
    private static final int FIRST_SESSION = 51;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final InetAddress address;
    private final ServerState state;
    private final int port;
    private final Set<TdsConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger nextSession = new AtomicInteger(FIRST_SESSION);
    private @Nullable TdsListener listener;
    private volatile boolean closed;

    private TdsServer(ServerState state, InetAddress address, int port) {
        this.state = state;
        this.address = address;
        TdsListener first = TdsListener.open(address, port, this::serve);
        this.listener = first;
        this.port = first.port();
    }

    /** A server with everything as usual; to be changed before it starts. */
    public static Builder builder(SqlEndpoint endpoint) {
        return new Builder(endpoint);
    }

    /** How a server is set up. Not thread-safe. */
    public static final class Builder {
        private final SqlEndpoint endpoint;
        private String name = "localhost";
        private InetAddress address = InetAddress.getLoopbackAddress();
        private int port;
        private Encryption encryption = Encryption.LOGIN_ONLY;
        private @Nullable TlsIdentity identity;
        private ServerBuild build = new ServerBuild(16, 0, 4245);

        private Builder(SqlEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        /** What it calls itself in errors; {@code localhost} when not said. */
        public Builder name(String itself) {
            name = itself;
            return this;
        }

        /**
         * Where it listens; 127.0.0.1 when not said. Many hosts of one test are many addresses of 127.0.0.0/8.
         *
         * @throws IllegalArgumentException when others than this machine could reach it
         */
        public Builder address(InetAddress where) {
            if (!where.isLoopbackAddress()) {
                throw new IllegalArgumentException("address: found " + where + ", expected one of this machine alone");
            }
            address = where;
            return this;
        }

        /** Such as the one of a server of before; a free one when it is 0 or not said. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** {@link Encryption#LOGIN_ONLY} when not said. */
        public Builder encryption(Encryption how) {
            encryption = how;
            return this;
        }

        /** Key and certificate; {@link TlsIdentity#ofLocalhost} when not said. */
        public Builder identity(TlsIdentity whose) {
            identity = whose;
            return this;
        }

        /** The version it starts with; 16.0.4245 when not said. */
        public Builder build(ServerBuild first) {
            build = first;
            return this;
        }

        /**
         * Listens from now on.
         *
         * @throws java.io.UncheckedIOException when the port is taken
         */
        public TdsServer start() {
            TlsIdentity own = identity == null ? TlsIdentity.ofLocalhost() : identity;
            return new TdsServer(new ServerState(name, encryption, own, endpoint, build), address, port);
        }
    }

    private void serve(Socket socket) {
        state.countConnection();
        try {
            TdsConnection connection =
                    new TdsConnection(state, socket, nextSession.getAndIncrement(), connections::remove);
            connections.add(connection);
            connection.start();
            if (closed) {
                connection.cut(); // it came in the moment of the end
            }
        } catch (IOException e) {
            // gone before anything was said
        }
    }

    /** Its port, also while nobody listens there. */
    public int port() {
        return port;
    }

    /** Its key and certificate. */
    public TlsIdentity identity() {
        return state.identity();
    }

    /** What goes wrong. */
    public TdsFaults faults() {
        return state.faults();
    }

    /** What it has seen so far. */
    public TdsCounts counts() {
        return state.counts();
    }

    /** The version it reports. */
    public ServerBuild build() {
        return state.build();
    }

    /** Reports another version, to clients that connect from now on. */
    public void build(ServerBuild now) {
        state.build(now);
    }

    /** Who is logged in, by number. */
    public List<SessionInfo> sessions() {
        return connections.stream()
                .map(TdsConnection::info)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(SessionInfo::id))
                .toList();
    }

    /** Resets every connection, also those not logged in; new ones are accepted. */
    public void cutAll() {
        connections.forEach(TdsConnection::cut);
    }

    /** Resets the connections of some sessions. */
    public void cut(Predicate<SessionInfo> whose) {
        connections.stream().filter(c -> c.info().filter(whose).isPresent()).forEach(TdsConnection::cut);
    }

    /** Nobody listens on its port any more, as when the service is down; connections that are open stay. */
    public synchronized void refuse() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /**
     * Listens on its port again; does nothing when it does already.
     *
     * @throws java.io.UncheckedIOException when somebody else took the port
     */
    public synchronized void accept() {
        if (closed) {
            throw new IllegalStateException("the server on port " + port + " is closed");
        }
        if (listener == null) {
            listener = TdsListener.open(address, port, this::serve);
        }
    }

    /** Whether somebody listens on its port. */
    public synchronized boolean isAccepting() {
        return listener != null;
    }

    @Override
    public void close() {
        closed = true;
        refuse();
        List<TdsConnection> last = List.copyOf(connections);
        cutAll();
        try {
            for (TdsConnection connection : last) {
                connection.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
