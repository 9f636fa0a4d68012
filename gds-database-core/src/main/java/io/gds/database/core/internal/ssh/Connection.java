package io.gds.database.core.internal.ssh;

import io.gds.database.core.internal.ssh.SshSettings.Hop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;

/** A login on the host, perhaps by way of a jump host. Thread-safe. */
public final class Connection {
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    /** Longer than every wait of our own: only a write that blocks takes so long. */
    public static final Duration BLOCKED = Duration.ofMinutes(2);

    private static final int STAGES_OF_A_LOGIN = 3;

    private final Watch watch;
    private final Optional<Client> jump;
    private final Client target;
    private final Places places = new Places();
    private final AtomicBoolean retired = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();

    private Connection(Watch watch, Optional<Client> jump, Client target) {
        this.watch = watch;
        this.jump = jump;
        this.target = target;
    }

    /**
     * Logs in.
     *
     * @throws io.gds.database.error.GdsDatabaseException saying which part of it failed and why
     */
    static Connection open(SshSettings settings, Watch watch) {
        Optional<Client> jump = settings.jump().map(hop -> dial(hop, Optional.empty(), settings, watch));
        try {
            return new Connection(watch, jump, dial(settings.target(), jump, settings, watch));
        } catch (RuntimeException e) {
            jump.ifPresent(client -> leave(client, watch));
            throw e;
        }
    }

    private static Client dial(Hop hop, Optional<Client> via, SshSettings settings, Watch watch) {
        Client client = new Client(hop, settings);
        Duration limit = settings.connectTimeout().multipliedBy(STAGES_OF_A_LOGIN);
        Watch.Guard guard = watch.after(limit, client::abort);
        try {
            client.connect(via);
            return client;
        } catch (RuntimeException e) {
            client.abort();
            throw e;
        } finally {
            guard.lift();
        }
    }

    /** Whether nobody has seen it break. */
    public boolean isAlive() {
        return target.isAlive();
    }

    Places places() {
        return places;
    }

    /** A session that had a place is over. */
    public void giveBack() {
        if (places.giveBack() == 0 && retired.get()) {
            close();
        }
    }

    boolean isLeft() {
        return left.get();
    }

    /** Nothing new comes to it; what runs on it comes to its end, if it can. */
    void retire() {
        retired.set(true);
        if (places.areEmpty()) {
            close();
        }
    }

    /** Breaks it unless the guard is lifted before the limit. */
    public Watch.Guard guard(Duration limit) {
        return watch.after(limit, this::abort);
    }

    /** A channel that is open: whatever happens to it afterwards, the peer was alive just now. */
    SessionChannel session() throws SSHException {
        SessionChannel channel = new SessionChannel(target.connection(), StandardCharsets.UTF_8);
        Watch.Guard guard = guard(BLOCKED);
        try {
            channel.open();
            return channel;
        } catch (ConnectionException e) {
            if (Thread.interrupted()) {
                closeOnceOpen(channel);
                Thread.currentThread().interrupt();
            }
            throw e;
        } finally {
            guard.lift();
        }
    }

    /** We were interrupted while it opened; left alone, it would take up a place on the host for ever. */
    private void closeOnceOpen(SessionChannel channel) {
        long start = System.nanoTime();
        Duration limit = Duration.ofMillis(target.connection().getTimeoutMs());
        while (isAlive() && !channel.isOpen() && System.nanoTime() - start < limit.toNanos()) {
            Pause.briefly();
        }
        try {
            channel.close();
        } catch (SSHException e) {
            return; // it died, and its place with it
        }
    }

    /** Asks for a sign of life; once it is there, everything that the host sent before is there. */
    Promise<SSHPacket, ConnectionException> ping() throws SSHException {
        return target.connection().sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
    }

    /** Breaks it: whoever waits for it gets an error. */
    void abort() {
        jump.ifPresent(Client::cut);
        target.abort();
        jump.ifPresent(Client::abort);
    }

    /** Takes leave of the host. */
    void close() {
        if (left.getAndSet(true)) {
            return;
        }
        leave(target, watch);
        jump.ifPresent(client -> leave(client, watch));
    }

    private static void leave(Client client, Watch watch) {
        Watch.Guard guard = watch.after(FAREWELL, client::abort);
        try {
            client.close();
        } catch (IOException e) {
            client.abort();
        } finally {
            guard.lift();
        }
    }
}
