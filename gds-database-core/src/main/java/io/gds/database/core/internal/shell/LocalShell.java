package io.gds.database.core.internal.shell;

import static java.util.Objects.requireNonNull;

import io.gds.database.core.internal.shell.Accounts.Account;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The host that this process runs on. Each command gets a session of its own, so that a signal from our terminal does not
 * reach it and its time-out finds all of it. Thread-safe.
 */
public final class LocalShell implements HostShell {
    private static final String CODE = "GDS-SHELL";
    private static final int CANNOT_RUN = 126;
    private static final int NOT_FOUND = 127;
    private static final long FIRST_MOMENT_MILLIS = 50;

    private final String host;
    private final String user;
    private final Map<String, String> inherited = Programs.environment();
    private final Accounts accounts = new Accounts(command -> run(command, Optional.empty()));

    /**
     * Opens it.
     *
     * @param host what messages call this host
     * @param user whom commands run as unless they say otherwise, empty for the user of this process
     * @throws GdsDatabaseException with code {@code GDS-SHELL-USER} when that user is unknown or out of reach
     */
    public LocalShell(String host, String user) {
        this.host = requireNonNull(host, "host");
        this.user = requireNonNull(user, "user");
        if (!user.isEmpty()) {
            accounts.switchTo(user);
        }
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public CommandResult run(Command command) {
        return run(command, account(command.user().orElse(user)));
    }

    private CommandResult run(Command command, Optional<Account> account) {
        CommandRun run = new CommandRun(command);
        Map<String, String> environment = environment(command, account);
        List<String> words = new ArrayList<>();
        Programs.find("setsid", inherited).ifPresent(words::add);
        Optional<String> missing = addProgram(words, command, environment, account);
        if (missing.isPresent()) {
            return run.notStarted(missing.get());
        }
        CommandResult result = run.run(words, environment);
        return neverBegan(result) ? run.notStarted(result.error().strip()) : result;
    }

    /** Our wrappers exit with these codes, and name themselves, when the program behind them cannot be executed. */
    private static boolean neverBegan(CommandResult result) {
        return (result.exitCode() == CANNOT_RUN || result.exitCode() == NOT_FOUND)
                && (result.error().startsWith("setsid: ") || result.error().startsWith("setpriv: "));
    }

    @Override
    public void launch(Command command) {
        Optional<Account> account = account(command.user().orElse(user));
        Map<String, String> environment = environment(command, account);
        List<String> words = new ArrayList<>();
        words.add(tool("setsid"));
        Optional<String> missing = addProgram(words, command, environment, account);
        if (missing.isPresent()) {
            throw notLaunched(command, missing.get(), null);
        }
        if (!command.input().isEmpty()) {
            throw notLaunched(command, "a launched command reads nothing, and this one has input", null);
        }
        try {
            Process process = CommandRun.builder(words, environment)
                    .redirectInput(CommandRun.NOTHING)
                    .redirectOutput(CommandRun.NOTHING)
                    .redirectError(CommandRun.NOTHING)
                    .start();
            // It is ours to bury, and outlives us all the same: it leads its own session.
            if (process.waitFor(FIRST_MOMENT_MILLIS, TimeUnit.MILLISECONDS)
                    && (process.exitValue() == CANNOT_RUN || process.exitValue() == NOT_FOUND)) {
                throw notLaunched(command, "it cannot be executed, exit code " + process.exitValue(), null);
            }
        } catch (IOException e) {
            throw notLaunched(command, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has been started, which is all that was asked for
        }
    }

    @Override
    public Optional<byte[]> read(String path) {
        return LocalFiles.read(host, path);
    }

    @Override
    public void write(String path, byte[] content, String mode, String owner) {
        Optional<Account> account = account(owner.isEmpty() ? user : owner);
        LocalFiles.write(
                host,
                path,
                content,
                mode,
                account.map(a -> new LocalFiles.Owner(Integer.parseInt(a.uid()), Integer.parseInt(a.gid()))));
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }

    private Optional<Account> account(String wanted) {
        return wanted.isEmpty() ? Optional.empty() : accounts.switchTo(wanted);
    }

    private Map<String, String> environment(Command command, Optional<Account> account) {
        Map<String, String> out = new TreeMap<>(inherited);
        account.ifPresent(a -> Accounts.home(a)
                .ifPresentOrElse(home -> out.put("HOME", home), () -> out.remove("HOME"))); // ours is closed to them
        out.putAll(command.environment());
        return out;
    }

    /** Adds who runs it and what is run; the reason when there is no such program. */
    private Optional<String> addProgram(
            List<String> words, Command command, Map<String, String> environment, Optional<Account> account) {
        account.ifPresent(a -> words.addAll(
                // With the user's own further groups: Debian's servers read their TLS key through one (ssl-cert).
                List.of(tool("setpriv"), "--reuid=" + a.uid(), "--regid=" + a.gid(), "--init-groups", "--")));
        List<String> all = command.words();
        Optional<String> program = Programs.find(all.get(0), environment);
        if (program.isEmpty()) {
            return Optional.of("there is no program \"" + all.get(0) + "\" on host " + host + " that can be executed"
                    + " (PATH " + environment.get("PATH") + ")");
        }
        words.add(program.get());
        words.addAll(all.subList(1, all.size()));
        return Optional.empty();
    }

    private String tool(String name) {
        return Programs.find(name, inherited).orElseThrow(() -> GdsDatabaseException.environment(CODE)
                .message("host " + host + " has no program " + name + ".")
                .remedy("install util-linux, or use a shell of another type.")
                .build());
    }

    private GdsDatabaseException notLaunched(Command command, String why, @Nullable Throwable cause) {
        return GdsDatabaseException.environment(CODE)
                .message("command \"" + command + "\" could not be started on host " + host + ": " + command.masked(why)
                        + ".")
                .remedy("check the program's path and permissions on that host.")
                .cause(cause)
                .build();
    }
}
