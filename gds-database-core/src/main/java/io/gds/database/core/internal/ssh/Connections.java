package io.gds.database.core.internal.ssh;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import org.jspecify.annotations.Nullable;

/** The connection to a host, made anew when it turns out to be dead before anything was asked of it. Thread-safe. */
public final class Connections implements AutoCloseable {
    private final String host;
    private final SshSettings settings;
    private final Watch watch;
    /** Null until it is needed, and once we are closed. Guarded by this. */
    private @Nullable Connection current;
    /** Those that may still be in use. Guarded by this. */
    private final List<Connection> retired = new ArrayList<>();
    /** Guarded by this. */
    private boolean closed;

    /** Connections to the target of the settings; none is made yet. */
    public Connections(SshSettings settings) {
        this.host = settings.target().host();
        this.settings = settings;
        this.watch = new Watch(host);
    }

    /** Begins something on a channel of its own, which has a place of its connection; closes both when it throws. */
    public interface Beginning<T> {
        /**
         * Begins.
         *
         * @throws IOException when the connection died: nothing has happened, and another may be tried
         */
        T on(Connection connection, SessionChannel channel) throws IOException;
    }

    /** A connection that seems to be alive. */
    public synchronized Connection current() {
        if (closed) {
            throw Refusals.closed(host);
        }
        Connection known = current;
        if (known != null && known.isAlive()) {
            return known;
        }
        if (known != null) {
            retire(known);
        }
        Connection made = Connection.open(settings, watch);
        current = made;
        return made;
    }

    /**
     * A dialogue with a shell of the user. Waits while the host has no room for another session.
     *
     * @throws GdsDatabaseException when there is none; nothing was started
     */
    Dialogue begin(String user, String id, Talk.Sink output, Talk.Sink errors) {
        return begin((connection, channel) -> begin(connection, channel, user, id, output, errors));
    }

    /**
     * Something on a channel of its own. Waits while the host has no room for another session.
     *
     * @throws GdsDatabaseException when there is none; nothing was started
     */
    public <T> T begin(Beginning<T> beginning) {
        boolean again = false;
        while (true) {
            Connection connection = current();
            try {
                return beginning.on(connection, session(connection));
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Failures.interrupted("a command on host " + host, "it was not started.", e);
                }
                // Others may be in the middle of something on it, and it may be alive for them.
                retire(connection);
                if (again) {
                    throw lost(e);
                }
                again = true;
            }
        }
    }

    private synchronized void retire(Connection connection) {
        if (current == connection) {
            current = null;
        }
        connection.retire();
        retired.removeIf(Connection::isLeft);
        retired.add(connection);
    }

    private Dialogue begin(
            Connection connection, SessionChannel channel, String user, String id, Talk.Sink output, Talk.Sink errors)
            throws IOException {
        Dialogue dialogue = new Dialogue(host, connection, channel, id, output, errors);
        try {
            dialogue.enter(settings.elevation(), user);
            return dialogue;
        } catch (IOException | RuntimeException e) {
            dialogue.close();
            throw e;
        }
    }

    private SessionChannel session(Connection connection) throws SSHException {
        Places places = connection.places();
        long start = System.nanoTime();
        while (true) {
            take(places);
            boolean open = false;
            try {
                SessionChannel channel = connection.session();
                open = true;
                return channel;
            } catch (OpenFailException e) {
                // The host may not have noticed yet that our last session is over.
                boolean waitsForOurs = places.refused();
                if (!waitsForOurs
                        && System.nanoTime() - start > settings.connectTimeout().toNanos()) {
                    throw Refusals.sessions(host, String.valueOf(e.getMessage()));
                }
                Pause.briefly();
            } finally {
                if (!open) {
                    connection.giveBack();
                }
            }
        }
    }

    private void take(Places places) {
        try {
            places.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("a command on host " + host, "it was not started.", e);
        }
    }

    private GdsDatabaseException lost(IOException e) {
        return GdsDatabaseException.environment("GDS-SSH-CONNECT")
                .message("host " + host + " broke off two connections before a command could be sent: "
                        + Failures.reason(e) + ".")
                .remedy("look into the log of sshd on that host.")
                .retryable()
                .cause(e)
                .build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            retired.add(current);
            current = null;
        }
        retired.forEach(Connection::close);
        watch.close();
    }
}
