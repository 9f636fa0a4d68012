package io.gds.engine.postgres.internal.dump;

import io.gds.database.Secret;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.engine.postgres.internal.config.ConnectionSpec;
import io.gds.engine.postgres.internal.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pg_dump with its pg_restore, found on this machine. */
final class PgDump {
    private static final Pattern VERSION = Pattern.compile("\\) (\\d+)");
    private static final Duration LIMIT = Duration.ofHours(24);

    private final HostShell shell;
    private final String dump;
    private final String restore;

    private PgDump(HostShell shell, String dump, String restore) {
        this.shell = shell;
        this.dump = dump;
        this.restore = restore;
    }

    /**
     * The programs, when both are of this major version or later.
     *
     * @param directory where they are; empty for the shell's path
     */
    static Optional<PgDump> find(HostShell shell, String directory, int major) {
        String at = directory.isEmpty() ? "" : directory + "/";
        PgDump found = new PgDump(shell, at + "pg_dump", at + "pg_restore");
        return found.major(found.dump) >= major && found.major(found.restore) >= major
                ? Optional.of(found)
                : Optional.empty();
    }

    private int major(String program) {
        CommandResult result = shell.run(Command.of(program, "--version").timeout(Duration.ofSeconds(10)));
        Matcher m = VERSION.matcher(result.output());
        return result.succeeded() && m.find() ? Integer.parseInt(m.group(1)) : 0;
    }

    void dump(HostPort server, ConnectionSpec login, Secret password, String database, Path directory) {
        shell.run(command(dump, server, login, password)
                        .with(
                                "--format=directory",
                                "--file=" + directory,
                                "--no-password",
                                "--dbname=" + name(database)))
                .orElseThrow();
    }

    void restore(HostPort server, ConnectionSpec login, Secret password, String database, Path directory) {
        shell.run(command(restore, server, login, password)
                        .with("--exit-on-error", "--single-transaction", "--no-password")
                        .with("--dbname=" + name(database), directory.toString()))
                .orElseThrow();
    }

    private static Command command(String program, HostPort server, ConnectionSpec login, Secret password) {
        Command bare = Command.of(program);
        // The shell's usual account owns the servers and may not write where our caller may.
        String ourselves = System.getProperty("user.name", "");
        return (ourselves.matches("[A-Za-z_][A-Za-z0-9_.-]*") ? bare.as(ourselves) : bare)
                .environment("PGPASSWORD", password.reveal())
                .environment("PGSSLMODE", login.sslMode())
                .mask(password)
                .timeout(LIMIT)
                .with("--host=" + server.host(), "--port=" + server.port(), "--username=" + login.user());
    }

    /** As a connection string: a name with an equals sign would be taken for one. */
    private static String name(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
