package io.gds.database.core.internal.ssh;

import io.gds.database.core.internal.shell.BoundedOutput;
import io.gds.database.core.internal.ssh.HostRun.Ending;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A host that is reached by SSH. Its commands run side by side on one connection. Thread-safe. */
final class SshShell implements HostShell {
    private static final int CANNOT_RUN = 126;
    private static final int NOT_FOUND = 127;
    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    private final String host;
    private final String user;
    private final Connections connections;
    private final HostFiles files;

    /**
     * Connects to the host.
     *
     * @throws GdsDatabaseException when it cannot be reached, is not the one we know, or does not let us in
     */
    SshShell(SshSettings settings) {
        this.host = settings.target().host();
        this.user = settings.user();
        this.connections = new Connections(settings);
        this.files = new HostFiles(host, user, settings.elevation(), connections);
        try {
            connections.current();
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public CommandResult run(Command command) {
        Order order = Order.of(command);
        Optional<String> flaw = order.flaw();
        if (flaw.isPresent()) {
            return notStarted(command, flaw.get(), Duration.ZERO);
        }
        BoundedOutput out = new BoundedOutput(command.maxOutput());
        BoundedOutput err = new BoundedOutput(command.maxOutput());
        try (Dialogue dialogue = connections.begin(command.user().orElse(user), order.id(), out::accept, err::accept)) {
            HostRun run = new HostRun(dialogue, order);
            try {
                Ending ending = run.follow(order.toRun());
                return result(command, ending, out, err, run.took());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                boolean ended = run.ending().ended() && run.ending().left().isEmpty();
                throw Failures.interrupted(
                        "command \"" + command + "\" on host " + host,
                        ended ? "its processes were ended." : "it may still run.",
                        e);
            }
        }
    }

    private CommandResult result(Command command, Ending ending, BoundedOutput out, BoundedOutput err, Duration took) {
        if (!ending.missing().isEmpty()) {
            return notStarted(command, missing(command, ending.missing()), took);
        }
        int code = ending.exit().orElse(-1);
        String errors = err.text(command);
        if ((code == CANNOT_RUN || code == NOT_FOUND) && errors.startsWith("setsid: ")) {
            return notStarted(command, errors.strip(), took);
        }
        if (!ending.left().isEmpty()) {
            errors += "\nthese processes could not be ended: " + ending.left();
        }
        Status status = Status.UNKNOWN;
        if (ending.over() && ending.ended()) {
            status = Status.TIMED_OUT;
            code = -1;
        } else if (code > SIGNAL_BASE && code <= SIGNAL_BASE + LAST_SIGNAL) {
            status = Status.KILLED;
            code -= SIGNAL_BASE;
        } else if (code >= 0) {
            status = Status.EXITED;
        }
        boolean truncated = ending.cut() || out.truncated() || err.truncated();
        return new CommandResult(command.toString(), status, code, out.text(command), errors, truncated, took);
    }

    private String missing(Command command, String what) {
        return switch (what) {
            case "program" ->
                "there is no program \"" + command.words().get(0) + "\" on host " + host + " that can be executed";
            case "input" -> "its input did not reach host " + host + " whole";
            default -> "host " + host + " has no program " + what;
        };
    }

    private static CommandResult notStarted(Command command, String why, Duration took) {
        return new CommandResult(command.toString(), Status.NOT_STARTED, -1, "", command.masked(why), false, took);
    }

    @Override
    public void launch(Command command) {
        Order order = Order.of(command.timeout(HostFiles.SOON));
        Optional<String> flaw = order.flaw();
        if (flaw.isEmpty() && !command.input().isEmpty()) {
            flaw = Optional.of("a launched command reads nothing, and this one has input");
        }
        if (flaw.isPresent()) {
            throw notLaunched(command, flaw.get());
        }
        Talk.Sink nothing = (bytes, offset, length) -> {};
        try (Dialogue dialogue = connections.begin(command.user().orElse(user), order.id(), nothing, nothing)) {
            Ending ending = new HostRun(dialogue, order).follow(order.toLaunch());
            if (!ending.missing().isEmpty()) {
                throw notLaunched(command, missing(command, ending.missing()));
            }
            if (ending.exit().isEmpty()) {
                throw HostFiles.lost(host, "whether command \"" + command + "\" was started");
            }
            int code = ending.exit().getAsInt();
            if (code == CANNOT_RUN || code == NOT_FOUND) {
                throw notLaunched(command, "it cannot be executed, exit code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("starting command \"" + command + "\" on host " + host, "it may run.", e);
        }
    }

    private GdsDatabaseException notLaunched(Command command, String why) {
        return GdsDatabaseException.environment("GDS-SHELL")
                .message("command \"" + command + "\" could not be started on host " + host + ": " + command.masked(why)
                        + ".")
                .remedy("check the program's path and permissions on that host.")
                .build();
    }

    @Override
    public Optional<byte[]> read(String path) {
        return files.read(path);
    }

    @Override
    public void write(String path, byte[] content, String mode, String owner) {
        files.write(path, content, mode, owner);
    }

    @Override
    public void upload(Path local, String path, String mode, String owner) {
        files.upload(local, path, mode, owner);
    }

    @Override
    public void close() {
        connections.close();
    }
}
