package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import java.time.Duration;

/**
 * Commands of a package system: their output is long, and fetching takes its time. Thread-safe.
 *
 * @param shell the host
 */
record HostCommands(HostShell shell) {
    /** An answer that is longer is not understood either. */
    private static final int MAX_OUTPUT = 4 * 1024 * 1024;

    private static final Duration QUESTION = Duration.ofMinutes(2);
    private static final Duration FETCH = Duration.ofMinutes(30);

    HostCommands {
        requireNonNull(shell, "shell");
    }

    /** What a command says that must succeed. */
    String ask(Command command) {
        CommandResult result = answer(command);
        if (!result.succeeded()) {
            throw PackageErrors.of("host " + shell.host(), result);
        }
        return result.output();
    }

    /** How a command ends that may fail, but must answer. */
    CommandResult answer(Command command) {
        CommandResult result = shell.run(command.timeout(QUESTION).maxOutput(MAX_OUTPUT));
        if (result.status() != Status.EXITED || result.truncated()) {
            throw PackageErrors.of("host " + shell.host(), result);
        }
        return result;
    }

    /** Runs a command as root that fetches. */
    CommandResult fetch(Command command) {
        return shell.run(command.as("root").timeout(FETCH));
    }

    /** Runs a command that fetches, as the shell's own user. */
    CommandResult unpack(Command command) {
        return shell.run(command.timeout(FETCH));
    }
}
