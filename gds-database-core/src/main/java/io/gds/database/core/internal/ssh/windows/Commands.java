package io.gds.database.core.internal.ssh.windows;

import io.gds.database.core.internal.shell.BoundedOutput;
import io.gds.database.core.internal.ssh.Connection;
import io.gds.database.core.internal.ssh.Connections;
import io.gds.database.core.internal.ssh.Failures;
import io.gds.database.core.internal.ssh.SshSettings;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.PowerShellErrors;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;

/** Runs commands on a Windows host. Thread-safe. */
final class Commands {
    /** For what only takes a moment. */
    static final Duration SOON = Duration.ofMinutes(1);
    /** How long a command may take to be gone after it was ended. */
    private static final Duration SLACK = Duration.ofSeconds(10);
    /** The host knows no longer time, and whoever says more does not mean it. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final String host;
    private final SshSettings settings;
    private final Connections connections;
    private final Manners manners;

    Commands(SshSettings settings, Connections connections) {
        this.host = settings.target().host();
        this.settings = settings;
        this.connections = connections;
        this.manners = new Manners(host, connections);
    }

    /** Finds out at once how the host wants to be spoken to. */
    void ready() {
        manners.of(connections.current());
    }

    /**
     * Runs a command to its end or its time-out.
     *
     * @throws GdsDatabaseException when it was not started
     */
    CommandResult run(Command command) {
        while (true) {
            Connection connection = connections.current();
            Manners.Manner manner = manners.of(connection);
            String mark = newMark();
            String line = manner.shell().line(command.words(), mark);
            BoundedOutput out = new BoundedOutput(command.maxOutput(), manner.text());
            BoundedOutput err = new BoundedOutput(command.maxOutput(), manner.text());
            try (Execution execution = connections.begin((c, channel) -> new Execution(host, c, channel, out, err))) {
                if (execution.connection() == connection) {
                    execution.start(line);
                    return follow(execution, command, mark, out, err);
                }
                // Another one was made meanwhile, and the host may not be what it was.
            }
        }
    }

    private static String newMark() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private CommandResult follow(
            Execution execution, Command command, String mark, BoundedOutput out, BoundedOutput err) {
        Status status;
        try {
            Duration limit = command.timeout().compareTo(LONGEST) > 0 ? LONGEST : command.timeout();
            Execution.State state = execution.await(limit);
            if (state == Execution.State.LATE) {
                boolean gone = end(mark) && execution.await(SLACK) == Execution.State.ENDED;
                status = gone ? Status.TIMED_OUT : Status.UNKNOWN;
            } else {
                status = state == Execution.State.ENDED ? Status.EXITED : Status.UNKNOWN;
            }
        } catch (InterruptedException e) {
            boolean ended = end(mark);
            Thread.currentThread().interrupt();
            throw Failures.interrupted(
                    "command \"" + command + "\" on host " + host,
                    ended ? "its processes were ended." : "it may still run.",
                    e);
        }
        OptionalInt exit = status == Status.EXITED ? execution.exit() : OptionalInt.empty();
        return new CommandResult(
                command.toString(),
                status,
                exit.orElse(-1),
                out.text(command),
                PowerShellErrors.text(err.text(command)),
                out.truncated() || err.truncated(),
                execution.took());
    }

    /** Ends a command. On a connection of its own: on the other one commands may have all places, and wait. */
    private boolean end(String mark) {
        Command ending = HostProgram.of("end").with("mark", mark).command().timeout(SLACK);
        try (Connections own = new Connections(settings)) {
            Manners.Manner manner = manners.last();
            BoundedOutput nothing = new BoundedOutput(0);
            String line = manner.shell().line(ending.words(), newMark());
            try (Execution execution = own.begin((c, channel) -> new Execution(host, c, channel, nothing, nothing))) {
                execution.start(line);
                return execution.await(ending.timeout()) == Execution.State.ENDED
                        && execution.exit().orElse(-1) == 0;
            }
        } catch (GdsDatabaseException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
