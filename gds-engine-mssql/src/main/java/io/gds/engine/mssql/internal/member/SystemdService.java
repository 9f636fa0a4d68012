package io.gds.engine.mssql.internal.member;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.util.Set;

/**
 * The service of SQL Server on a host with Linux, of which there is one. What it is told goes on by itself; nothing here waits for it.
 *
 * <p>Source: systemctl(1); Troubleshoot SQL Server on Linux (start, stop and restart {@code mssql-server}).
 */
public final class SystemdService {
    /** What the package calls it. */
    public static final String NAME = "mssql-server";

    private static final String ROOT = "root";
    private static final Set<String> DOWN = Set.of("inactive", "failed");

    private final HostShell shell;

    /** On a host. */
    public SystemdService(HostShell shell) {
        this.shell = shell;
    }

    /**
     * What systemd says of it: {@code active}, {@code activating}, {@code deactivating}, {@code inactive} or {@code failed}.
     *
     * @throws GdsDatabaseException that is retryable when the host does not answer
     */
    public String state() {
        // without --value, which older ones do not know
        return run(Command.of("systemctl", "show", "--property=ActiveState", "--", NAME))
                .strip()
                .replaceFirst("^ActiveState=", "");
    }

    /** Whether no process of it is left. */
    public boolean isDown() {
        return DOWN.contains(state());
    }

    /** Orders its start, also after it has failed too often. */
    public void start() {
        run(Command.of("systemctl", "reset-failed", "--", NAME).as(ROOT));
        run(Command.of("systemctl", "start", "--no-block", "--", NAME).as(ROOT));
    }

    /** Orders its stop. */
    public void stop() {
        run(Command.of("systemctl", "stop", "--no-block", "--", NAME).as(ROOT));
    }

    private String run(Command command) {
        CommandResult result = shell.run(command);
        if (result.succeeded()) {
            return result.output();
        }
        String said = (result.error().isBlank() ? result.output() : result.error()).strip();
        throw GdsDatabaseException.environment("MSSQL-SERVICE")
                .message(shell.host() + ": \"" + result.command() + "\": " + result.status() + " with "
                        + result.exitCode() + ", it said: " + said + ".")
                .remedy("see systemctl status " + NAME + " on that host.")
                .retryable()
                .build();
    }
}
