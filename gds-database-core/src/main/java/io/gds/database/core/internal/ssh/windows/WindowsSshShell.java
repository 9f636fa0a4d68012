package io.gds.database.core.internal.ssh.windows;

import io.gds.database.core.internal.ssh.Connections;
import io.gds.database.core.internal.ssh.SshSettings;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.WindowsCommandLine;
import java.nio.file.Path;
import java.util.Optional;

/** A Windows host that is reached by its OpenSSH. Its commands run side by side on one connection. Thread-safe. */
final class WindowsSshShell implements HostShell {
    private final String host;
    private final Connections connections;
    private final Commands commands;
    private final WindowsFiles files;

    /**
     * Connects to the host.
     *
     * @throws GdsDatabaseException when it cannot be reached, is not the one we know, does not let us in, or has a shell that we
     *     cannot talk to
     */
    WindowsSshShell(SshSettings settings) {
        this.host = settings.target().host();
        this.connections = new Connections(settings);
        this.commands = new Commands(settings, connections);
        this.files = new WindowsFiles(host, connections, commands::run);
        try {
            commands.ready();
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
        refuseWhatWindowsCannot(command);
        return commands.run(command);
    }

    @Override
    public void launch(Command command) {
        refuseWhatWindowsCannot(command);
        Command starts = HostProgram.of("launch")
                .with("line", WindowsCommandLine.of(command.words()))
                .command()
                .timeout(Commands.SOON);
        CommandResult started = commands.run(starts);
        if (started.status() != Status.EXITED) {
            throw GdsDatabaseException.environment("GDS-SSH-LOST")
                    .message("the answer of host " + host + " was lost: whether command \"" + command
                            + "\" was started is not known.")
                    .remedy("look at the host before doing it again.")
                    .build();
        }
        if (started.exitCode() != 0) {
            throw GdsDatabaseException.environment("GDS-SHELL")
                    .message("command \"" + command + "\" could not be started on host " + host
                            + ": Win32_Process.Create answered " + started.exitCode()
                            + command.masked(" " + started.error().strip()).stripTrailing() + ".")
                    .remedy("check the program's path and permissions on that host.")
                    .build();
        }
    }

    private void refuseWhatWindowsCannot(Command command) {
        if (command.user().isPresent()
                || !command.environment().isEmpty()
                || !command.input().isEmpty()) {
            throw GdsDatabaseException.plugin("GDS-SSH-COMMAND")
                    .message("host " + host
                            + ": a command with another user, an environment or an input of its own, expected"
                            + " one without: the OpenSSH of Windows knows no way to them.")
                    .remedy("say it in the command's words or in a file.")
                    .build();
        }
    }

    @Override
    public Optional<byte[]> read(String path) {
        return files.read(path);
    }

    /** What the file lets whom do it inherits from its folder; the mode of a Unix host is not looked at. */
    @Override
    public void write(String path, byte[] content, String mode, String user) {
        refuseOwner(path, user);
        files.write(path, content);
    }

    @Override
    public void upload(Path local, String path, String mode, String user) {
        refuseOwner(path, user);
        files.upload(local, path);
    }

    private void refuseOwner(String path, String user) {
        if (!user.isEmpty()) {
            throw GdsDatabaseException.plugin("GDS-SSH-COMMAND")
                    .message("host " + host + ": file " + path + " for user \"" + user
                            + "\", expected one for nobody in particular: Windows gives files to who writes them.")
                    .remedy("log in as the account that is to have it.")
                    .build();
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
