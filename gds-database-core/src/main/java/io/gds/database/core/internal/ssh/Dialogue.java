package io.gds.database.core.internal.ssh;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;

/**
 * One session on the host, from the shell that we ask for to its end. First our shell says that it is there, as the user
 * we want to be; only then it is told what to do, so until then nothing has happened. Confined to one thread.
 */
final class Dialogue implements AutoCloseable {
    /** A host under load may take its time to log somebody in. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String host;
    private final Connection connection;
    private final SessionChannel channel;
    private final String prompt;
    private final String ready;
    private final Talk output;
    private final Talk errors;

    /**
     * A dialogue on an open channel, which has a place of its connection.
     *
     * @param id as in the order that will be told
     */
    Dialogue(
            String host, Connection connection, SessionChannel channel, String id, Talk.Sink output, Talk.Sink errors) {
        this.host = host;
        this.connection = connection;
        this.channel = channel;
        this.prompt = "gds-password-" + id;
        this.ready = "gds-ready-" + id;
        this.output = new Talk(channel.getInputStream(), ready, "", output);
        this.errors = new Talk(channel.getErrorStream(), ready, "gds-" + id + " ", errors);
    }

    /**
     * Gets a shell of the user.
     *
     * @throws SSHException when the connection died: nothing has happened, and another may be tried
     * @throws GdsDatabaseException when there is no such shell
     */
    void enter(Elevation elevation, String user) throws IOException {
        Watch.Guard guard = connection.guard(Connection.BLOCKED);
        try {
            begin(elevation, user);
        } finally {
            guard.lift();
        }
    }

    private void begin(Elevation elevation, String user) throws IOException {
        String program = "echo " + ready + "; echo " + ready + " >&2; IFS= read -r gds && eval \"$gds\"";
        String command =
                ShellLine.command(elevation.words(user, program, prompt)).text();
        try {
            channel.exec(command);
        } catch (ConnectionException e) {
            if (connection.isAlive() && e.getCause() == null) {
                throw Refusals.shell(host, "it executes nothing for this account");
            }
            throw e;
        }
        long start = System.nanoTime();
        boolean asked = false;
        Pause pause = new Pause();
        while (!(output.begun() && errors.begun())) {
            boolean over = isOver();
            if (take()) {
                pause.reset();
            } else if (over) {
                throw noShell(elevation, user);
            } else if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw Refusals.silent(host, PATIENCE);
            } else {
                pause.idle();
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw Failures.interrupted("a command on host " + host, "it was not started.");
            }
            if (!errors.begun() && errors.preamble().contains(prompt)) {
                if (asked) {
                    throw Refusals.password(host, user);
                }
                asked = true;
                errors.forget();
                Secret password = elevation.password().orElseThrow().get();
                write(password.reveal() + "\n");
            }
        }
    }

    private GdsDatabaseException noShell(Elevation elevation, String user) throws IOException {
        if (!connection.isAlive()) {
            throw new SSHException("the connection broke while the shell started");
        }
        String said = (errors.preamble() + " " + output.preamble()).strip();
        return elevation.isOther(user) ? Refusals.user(host, user, said) : Refusals.shell(host, said);
    }

    /** Says a line to our shell. */
    void write(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        Watch.Guard guard = connection.guard(Connection.BLOCKED);
        try {
            OutputStream out = channel.getOutputStream();
            out.write(bytes, offset, length);
            out.flush();
        } finally {
            guard.lift();
        }
    }

    /** Sends as much of it as the host takes now without waiting; how much that was. */
    int send(byte[] bytes, int offset, int length) throws IOException {
        int now = (int) Math.min(length, Math.min(channel.getRemoteWinSize(), channel.getRemoteMaxPacketSize()));
        if (now > 0) {
            write(bytes, offset, now);
        }
        return now;
    }

    /** Says that there is no more input. */
    void endInput() throws IOException {
        channel.getOutputStream().close();
    }

    /** Takes what is there, from both streams in turn: who fills one must not wait for us to finish with the other. */
    boolean take() throws IOException {
        boolean some = output.take();
        boolean more = errors.take();
        return some || more;
    }

    /** Takes what is held back, when nothing more can come. */
    void finish() {
        output.finish();
        errors.finish();
    }

    /** What our program on the host said next. */
    Optional<String> word() {
        return errors.word();
    }

    /** Whether nothing more can come once {@link #take} finds nothing. */
    boolean isOver() {
        return channel.isEOF() || !channel.isOpen();
    }

    Connection connection() {
        return connection;
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
