package io.gds.database.core.internal.ssh;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.time.Duration;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import org.jspecify.annotations.Nullable;

/** The connection to a host, made anew when it turns out to be dead before anything was asked of it. Thread-safe. */
final class Connections implements AutoCloseable {
    private final String host;
    private final SshSettings settings;
    private final Watch watch;
    /** Null until it is needed, and once we are closed. Guarded by this. */
    private @Nullable Connection current;
    /** Guarded by this. */
    private boolean closed;

    Connections(SshSettings settings) {
        this.host = settings.target().host();
        this.settings = settings;
        this.watch = new Watch(host);
    }

    /** A connection that seems to be alive. */
    synchronized Connection current() {
        if (closed) {
            throw Refusals.closed(host);
        }
        Connection known = current;
        if (known != null && known.isAlive()) {
            return known;
        }
        if (known != null) {
            known.abort();
            current = null;
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
        boolean again = false;
        while (true) {
            Connection connection = current();
            Watch.Guard guard = connection.guard(patience());
            try {
                return begin(connection, user, id, output, errors);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Failures.interrupted("a command on host " + host, "it was not started.", e);
                }
                connection.abort();
                if (again) {
                    throw lost(e);
                }
                again = true;
            } finally {
                guard.lift();
            }
        }
    }

    /** Longer than every wait of its own: this only ends writes that block. */
    private Duration patience() {
        return settings.connectTimeout().multipliedBy(2).plusMinutes(2);
    }

    private Dialogue begin(Connection connection, String user, String id, Talk.Sink output, Talk.Sink errors)
            throws IOException {
        SessionChannel channel = session(connection);
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
                    places.giveBack();
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
            current.close();
            current = null;
        }
        watch.close();
    }
}
