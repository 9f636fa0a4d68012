package io.gds.engine.mssql.internal.winrm;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PowerShellErrors;
import io.gds.database.spi.WindowsCommandLine;
import io.gds.engine.mssql.internal.windows.SentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shell of one host: a remote shell of its own for each command. Thread-safe. */
final class WinRmShell implements HostShell {
    /** How long the host holds a question for output; after it the client asks whether it is to go on. */
    static final Duration POLL = Duration.ofSeconds(10);

    private static final Duration GRACE = POLL.plusSeconds(10);
    private static final long LARGEST_UPLOAD = 1 << 20;

    private final String host;
    private final WinRmClients all;
    private final Function<WinRmClients, SoleClient> clients;
    private final Deque<SoleClient> idle = new ConcurrentLinkedDeque<>();
    private final Duration connectTimeout;
    private final SentFile files;

    WinRmShell(String host, WinRmClients all, Function<WinRmClients, SoleClient> clients, Duration connectTimeout) {
        this.host = host;
        this.all = all;
        this.clients = clients;
        this.connectTimeout = connectTimeout;
        this.files = new SentFile(host, this::run);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public CommandResult run(Command command) {
        refuseWhatWinRmCannot(command);
        long start = System.nanoTime();
        String line = WindowsCommandLine.of(command.words());
        SoleClient client = borrow();
        WinRmCall call = new WinRmCall(client.client(), line, command);
        client.run(call);
        Status status;
        try {
            status = await(call, command.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.giveUp();
            status = Status.UNKNOWN;
        } catch (GdsDatabaseException e) {
            client.close();
            throw e;
        }
        if (status == Status.EXITED) {
            idle.push(client);
        } else {
            client.close();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new CommandResult(
                command.toString(),
                status,
                status == Status.EXITED ? call.exitCode() : -1,
                command.masked(call.output().text()),
                command.masked(PowerShellErrors.text(call.error().text()) + said(call)),
                call.output().isCut() || call.error().isCut(),
                took);
    }

    private SoleClient borrow() {
        @Nullable SoleClient waiting = idle.poll();
        return waiting == null ? clients.apply(all) : waiting;
    }

    private Status await(WinRmCall call, Duration limit) throws InterruptedException {
        // A wrong password makes the client ask again and again for a minute: so long nobody waits for a shell.
        if (!call.awaitBegin(connectTimeout.plusSeconds(15).toMillis())) {
            call.giveUp();
            throw unreachable(
                    "no shell within " + connectTimeout.plusSeconds(15).toSeconds() + " s", null);
        }
        boolean inTime = call.awaitEnd(limit.toMillis());
        if (!inTime) {
            call.giveUp();
            return call.awaitEnd(GRACE.toMillis()) ? Status.TIMED_OUT : Status.UNKNOWN;
        }
        RuntimeException failure = call.failure();
        if (failure == null) {
            return Status.EXITED;
        }
        if (call.hasBegun()) {
            return Status.UNKNOWN;
        }
        throw unreachable(Faults.innermost(failure), failure);
    }

    private static String said(WinRmCall call) {
        RuntimeException failure = call.failure();
        return failure == null ? "" : Faults.innermost(failure);
    }

    private GdsDatabaseException unreachable(String why, @Nullable RuntimeException failure) {
        Optional<String> code = failure == null ? Optional.empty() : Faults.code(failure);
        boolean denied = code.filter(Faults.ACCESS_DENIED::equals).isPresent()
                || why.contains("401")
                || why.contains("Authorization loop");
        boolean quota = code.filter(Faults.QUOTAS::contains).isPresent();
        GdsDatabaseException.Builder out = GdsDatabaseException.environment(
                        denied ? "MSSQL-WINRM-LOGIN" : quota ? "MSSQL-WINRM-QUOTA" : "MSSQL-WINRM")
                .message("host " + host + ": no remote shell: " + why + ".")
                .remedy(
                        denied
                                ? "check user and password of shell, and that the account may use remote shells."
                                : quota
                                        ? "end shells that are left on the host, or raise MaxShellsPerUser there."
                                        : "check that the host is up, that WinRM listens there (winrm quickconfig), and the port.")
                .cause(failure);
        return (denied ? out : out.retryable()).build();
    }

    private void refuseWhatWinRmCannot(Command command) {
        if (command.user().isPresent()
                || !command.environment().isEmpty()
                || !command.input().isEmpty()) {
            throw GdsDatabaseException.plugin("MSSQL-WINRM-COMMAND")
                    .message("host " + host
                            + ": a command with another user, an environment or an input of its own, expected"
                            + " one without: the shell of WinRM knows none of them.")
                    .remedy("say it in the command's words, or use another shell.")
                    .build();
        }
    }

    @Override
    public void launch(Command command) {
        refuseWhatWinRmCannot(command);
        files.launch(WindowsCommandLine.of(command.words()));
    }

    @Override
    public Optional<byte[]> read(String path) {
        return files.read(path);
    }

    @Override
    public void write(String path, byte[] content, String mode, String user) {
        files.write(path, content);
    }

    /** A file of more than a mebibyte would take hours by command lines: hosts fetch those themselves. */
    @Override
    public void upload(Path local, String path, String mode, String user) {
        try {
            if (Files.size(local) > LARGEST_UPLOAD) {
                throw GdsDatabaseException.user("MSSQL-WINRM-UPLOAD")
                        .message("host " + host + ": " + local + " has " + Files.size(local) + " bytes, expected "
                                + LARGEST_UPLOAD + " at most: WinRM has no way for files.")
                        .remedy("lay it on the host, or on a file server that the host reads.")
                        .build();
            }
        } catch (IOException e) {
            // What is not there is told by the one who reads it.
        }
        HostShell.super.upload(local, path, mode, user);
    }

    @Override
    public void close() {
        for (@Nullable SoleClient c = idle.poll(); c != null; c = idle.poll()) {
            c.close();
        }
        all.close();
    }
}
