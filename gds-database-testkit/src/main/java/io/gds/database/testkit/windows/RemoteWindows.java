package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import io.gds.database.testkit.winrm.CommandHost;
import io.gds.database.testkit.winrm.RemoteCommand;
import io.gds.database.testkit.winrm.RemoteProcess;
import io.gds.database.testkit.winrm.SimpleProcess;
import io.gds.database.testkit.winrm.WsmanFault;
import io.gds.database.testkit.winrm.WsmanFaultException;
import java.time.Duration;

/** A host behind a WinRM service: what arrives there is run on the model. Thread-safe. */
public final class RemoteWindows implements CommandHost {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final WindowsHost host;

    /** Serves a host. */
    public RemoteWindows(WindowsHost host) {
        this.host = host;
    }

    @Override
    public RemoteProcess start(RemoteCommand command) {
        RunningCommand running;
        try {
            running = host.run(command.line(), command.account(), command.environment());
        } catch (HostUnreachable e) {
            throw new WsmanFaultException(WsmanFault.SHELL_NOT_FOUND);
        }
        SimpleProcess seen = new SimpleProcess()
                .whenInput((bytes, end) -> {
                    running.send(bytes);
                    if (end) {
                        running.closeInput();
                    }
                })
                .whenInterrupted(running::interrupt);
        Object unused = seen.terminated().thenRun(running::terminate);
        Thread thread = new Thread(() -> pump(running, seen), "remote-" + host.name());
        thread.setDaemon(true);
        thread.start();
        return seen;
    }

    /** A command that its host took down with it never ends: whoever asks for it is told that its shell is gone. */
    private static void pump(RunningCommand running, SimpleProcess seen) {
        try {
            while (seen.exitCode().isEmpty()) {
                RunningCommand.Piece piece = running.receive(LOOK);
                if (piece.stdout().length > 0) {
                    seen.print(piece.stdout());
                }
                if (piece.stderr().length > 0) {
                    seen.printError(piece.stderr());
                }
                piece.exitCode().ifPresent(seen::exit);
            }
        } catch (HostUnreachable e) {
            return;
        } catch (UnsupportedPowerShell e) {
            seen.printError(e.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .exit(255);
        }
    }
}
