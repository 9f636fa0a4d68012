package io.gds.database.core.internal.ssh.windows;

import io.gds.database.core.internal.shell.BoundedOutput;
import io.gds.database.core.internal.ssh.Connection;
import io.gds.database.core.internal.ssh.Connections;
import io.gds.database.core.internal.ssh.Failures;
import io.gds.database.core.internal.ssh.Refusals;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the host wants to be spoken to, found out once for each connection. Thread-safe. */
final class Manners {
    /** A host under load may take its time to log somebody in. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int SHORT = 4096;

    private final String host;
    private final Connections connections;
    /** Guarded by this. */
    private @Nullable Connection asked;
    /** Guarded by this. */
    private @Nullable Manner known;

    /**
     * How the host wants to be spoken to.
     *
     * @param shell what takes its commands
     * @param text what its programs write
     */
    record Manner(DefaultShell shell, HostText text) {}

    Manners(String host, Connections connections) {
        this.host = host;
        this.connections = connections;
    }

    /**
     * That of the host behind a connection.
     *
     * @throws GdsDatabaseException when the host does not say: nothing but a question was started
     */
    synchronized Manner of(Connection connection) {
        if (known != null && asked == connection) {
            return known;
        }
        String said = ask(DefaultShell.QUESTION);
        DefaultShell shell =
                DefaultShell.of(said).orElseThrow(() -> Refusals.windowsShell(host, DefaultShell.QUESTION, said));
        Manner found = new Manner(shell, HostText.of(ask(HostText.QUESTION)));
        asked = connection;
        known = found;
        return found;
    }

    /** What was found out last. */
    synchronized Manner last() {
        if (known == null) {
            throw new IllegalStateException("nobody has asked host " + host);
        }
        return known;
    }

    private String ask(String question) {
        BoundedOutput output = new BoundedOutput(SHORT, bytes -> new String(bytes, StandardCharsets.US_ASCII));
        BoundedOutput errors = new BoundedOutput(0);
        try (Execution execution = connections.begin((c, channel) -> new Execution(host, c, channel, output, errors))) {
            execution.start(question);
            Execution.State state = execution.await(PATIENCE);
            if (state == Execution.State.LOST) {
                throw Refusals.broken(host);
            }
            if (state == Execution.State.LATE) {
                throw Refusals.silent(host, PATIENCE);
            }
            return output.text(Command.of(question));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("a command on host " + host, "it was not started.", e);
        }
    }
}
