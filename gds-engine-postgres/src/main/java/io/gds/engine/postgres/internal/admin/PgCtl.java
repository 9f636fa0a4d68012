package io.gds.engine.postgres.internal.admin;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.layout.Layout;
import java.time.Duration;
import java.util.function.Function;

/** pg_ctl of the installed version, run as the account that owns the servers. Thread-safe. */
public final class PgCtl {
    private static final int NOT_RUNNING = 3;
    private static final int NO_DATA = 4;
    private static final int WAIT_SECONDS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(WAIT_SECONDS + 15);

    private final PostgresSpec spec;
    private final Layout layout;
    private final PackageManager packages;
    private final Function<String, HostShell> shells;

    /**
     * pg_ctl for a cluster.
     *
     * @param shells the shell of the host that a member lives on
     */
    public PgCtl(PostgresSpec spec, Layout layout, PackageManager packages, Function<String, HostShell> shells) {
        this.spec = spec;
        this.layout = layout;
        this.packages = packages;
        this.shells = shells;
    }

    /** Whether a postmaster of the member's data directory is there. */
    public boolean runs(String member) {
        CommandResult status = run(member, command(member, "status"));
        if (status.status() == CommandResult.Status.EXITED && status.exitCode() == NOT_RUNNING) {
            return false;
        }
        if (status.status() == CommandResult.Status.EXITED && status.exitCode() == NO_DATA) {
            throw GdsDatabaseException.environment("GDS-DATA-DIRECTORY")
                    .message("member " + member + " has no data directory at " + layout.dataDir(member) + ".")
                    .remedy("correct dataDir in the spec, or restore the member.")
                    .build();
        }
        status.orElseThrow();
        return true;
    }

    /** Starts the member and returns when it accepts connections. Its output goes to its log file. */
    public void start(String member) {
        MemberSpec found = spec.member(member);
        // Without a log file the server would hold our pipe open and pg_ctl would never seem to end.
        String log = found.logFile().orElse(layout.dataDir(member) + "/startup.log");
        run(member, command(member, "start").with("-l", log, "-w", "-s", "-t", Integer.toString(WAIT_SECONDS)))
                .orElseThrow();
    }

    /** Stops the member and returns when its postmaster is gone. */
    public void stop(String member, boolean immediate) {
        run(
                        member,
                        command(member, "stop")
                                .with("-m", immediate ? "immediate" : "fast", "-w", "-s", "-t")
                                .with(Integer.toString(WAIT_SECONDS)))
                .orElseThrow();
    }

    /** Whether a start of the member would make it a follower. */
    public boolean isFollower(String member) {
        Command test = Command.of("test", "-e", layout.dataDir(member) + "/standby.signal");
        return run(member, asServerUser(test)).succeeded();
    }

    /** Whether the member's lock file is there. */
    public boolean hasPidFile(String member) {
        Command test = Command.of("test", "-e", layout.dataDir(member) + "/postmaster.pid");
        return run(member, asServerUser(test)).succeeded();
    }

    private Command command(String member, String verb) {
        return asServerUser(Command.of(packages.programs(member) + "/pg_ctl", verb)
                .with("-D", layout.dataDir(member))
                .timeout(LIMIT));
    }

    private Command asServerUser(Command command) {
        return spec.serverUser().map(command::as).orElse(command);
    }

    private CommandResult run(String member, Command command) {
        return shells.apply(member).run(command);
    }
}
