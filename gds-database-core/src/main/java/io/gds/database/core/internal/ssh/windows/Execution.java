package io.gds.database.core.internal.ssh.windows;

import io.gds.database.core.internal.shell.BoundedOutput;
import io.gds.database.core.internal.ssh.Connection;
import io.gds.database.core.internal.ssh.Failures;
import io.gds.database.core.internal.ssh.Pause;
import io.gds.database.core.internal.ssh.Refusals;
import io.gds.database.core.internal.ssh.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import org.jspecify.annotations.Nullable;

/** One command of a session, from the request to its end. Confined to one thread. */
final class Execution implements AutoCloseable {
    /** When a command has ended and its pipes stay open, somebody else has them. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final String host;
    private final Connection connection;
    private final SessionChannel channel;
    private final BoundedOutput output;
    private final BoundedOutput errors;
    private final byte[] buffer = new byte[32 * 1024];
    private final long started = System.nanoTime();
    private long heard = started;
    private boolean lost;

    /** What may keep us from waiting on. */
    enum State {
        /** It has ended, and how is known. */
        ENDED,
        /** Nobody can say any more. */
        LOST,
        /** Its time is over. */
        LATE
    }

    /** A command on an open channel, which has a place of its connection. */
    Execution(String host, Connection connection, SessionChannel channel, BoundedOutput output, BoundedOutput errors) {
        this.host = host;
        this.connection = connection;
        this.channel = channel;
        this.output = output;
        this.errors = errors;
    }

    Connection connection() {
        return connection;
    }

    /**
     * Has it started. It reads nothing.
     *
     * @throws io.gds.database.error.GdsDatabaseException when the host does not: nothing was started then
     */
    void start(String line) {
        Watch.Guard guard = connection.guard(Connection.BLOCKED);
        try {
            channel.exec(line);
            channel.getOutputStream().close();
        } catch (ConnectionException e) {
            boolean answered = connection.isAlive() && e.getCause() == null;
            if (answered) {
                throw Refusals.shell(host, "it executes nothing for this account");
            }
            lost = true;
        } catch (IOException e) {
            lost = true;
        } finally {
            guard.lift();
        }
        if (lost && Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted("a command on host " + host, "it may run.", new InterruptedException());
        }
    }

    /** Listens until it has ended, or its time is over. */
    State await(Duration limit) throws InterruptedException {
        long begin = System.nanoTime();
        Pause pause = new Pause();
        while (!lost) {
            boolean over = isOver();
            if (take()) {
                heard = System.nanoTime();
                pause.reset();
            } else if (over || (exit().isPresent() && since(heard) > GRACE.toNanos())) {
                return exit().isPresent() ? State.ENDED : State.LOST;
            } else if (since(begin) > limit.toNanos()) {
                return State.LATE;
            } else {
                pause.idle();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("while a command ran");
            }
        }
        return State.LOST;
    }

    private static long since(long then) {
        return System.nanoTime() - then;
    }

    private boolean isOver() {
        return !channel.isOpen() || !connection.isAlive() || (channel.isEOF() && exit().isPresent());
    }

    /** From both streams in turn: who fills one must not wait for us to finish with the other. */
    private boolean take() {
        try {
            boolean some = take(channel.getInputStream(), output);
            return take(channel.getErrorStream(), errors) || some;
        } catch (IOException e) {
            lost = exit().isEmpty();
            return false;
        }
    }

    private boolean take(InputStream in, BoundedOutput to) throws IOException {
        int there = in.available();
        int read = there <= 0 ? 0 : in.read(buffer, 0, Math.min(there, buffer.length));
        if (read > 0) {
            to.accept(buffer, 0, read);
        }
        return read > 0;
    }

    /** Its exit code, as Windows means it: the upper half of its 32 bits are negative numbers. */
    OptionalInt exit() {
        @Nullable Integer code = channel.getExitStatus();
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    Duration took() {
        return Duration.ofNanos(since(started));
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        Watch.Guard guard = connection.guard(Connection.BLOCKED);
        try {
            channel.close();
        } catch (SSHException e) {
            // It is gone, and its place on the host with it, or with the connection.
        } finally {
            guard.lift();
            connection.giveBack();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
