package io.gds.database.core.internal.packages;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A shell whose connection breaks after a job was started, and every other time that somebody watches it. */
final class LosingShell implements HostShell {
    private final HostShell shell;
    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    LosingShell(HostShell shell) {
        this.shell = shell;
    }

    int lost() {
        return lost.get();
    }

    @Override
    public String host() {
        return shell.host();
    }

    @Override
    public CommandResult run(Command command) {
        if (command.words().contains("watch.sh") && watches.incrementAndGet() % 2 == 1) {
            lost.incrementAndGet();
            return new CommandResult(
                    command.toString(), Status.UNKNOWN, -1, "", "connection reset", false, Duration.ZERO);
        }
        return shell.run(command);
    }

    @Override
    public void launch(Command command) {
        shell.launch(command);
        lost.incrementAndGet();
        throw GdsDatabaseException.environment("TEST")
                .message("connection reset.")
                .build();
    }

    @Override
    public Optional<byte[]> read(String path) {
        return shell.read(path);
    }

    @Override
    public void write(String path, byte[] content, String mode, String user) {
        shell.write(path, content, mode, user);
    }

    @Override
    public void close() {
        shell.close();
    }
}
