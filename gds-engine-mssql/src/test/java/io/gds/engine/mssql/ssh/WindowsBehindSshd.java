package io.gds.engine.mssql.ssh;

import io.gds.database.Secret;
import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import io.gds.database.testkit.windows.HostUnreachable;
import io.gds.database.testkit.windows.RunningCommand;
import io.gds.database.testkit.windows.WindowsHost;
import io.gds.database.testkit.windows.WindowsSftp;
import io.gds.engine.mssql.ssh.Frames.Frame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A model of a Windows host behind a real OpenSSH server: whatever a session asks for is done on the model. */
public final class WindowsBehindSshd implements AutoCloseable {
    static final String SHELL_KEY = "HKLM:\\SOFTWARE\\OpenSSH";
    static final String POWERSHELL = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";

    private static final String ACCOUNT = "Administrator";
    private static final Duration LOOK = Duration.ofMillis(200);

    private final WindowsHost host;
    private final ServerSocket bridges;
    private final Thread accepting;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Sshd sshd;

    /** Begins to serve, with files of its own in a directory. */
    public WindowsBehindSshd(WindowsHost host, Path dir) {
        this(host, dir, false);
    }

    /**
     * Begins to serve.
     *
     * @param withPassword whether the account of the server has one
     */
    WindowsBehindSshd(WindowsHost host, Path dir, boolean withPassword) {
        this.host = host;
        Path bridge = dir.resolve("bridge.pl");
        try (InputStream program = WindowsBehindSshd.class.getResourceAsStream("bridge.pl")) {
            Files.copy(program, bridge);
            bridges = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bridge.toFile().setReadable(true, false);
        accepting = new Thread(this::accept, "bridges");
        accepting.setDaemon(true);
        accepting.start();
        String command = "exec perl " + bridge + " " + bridges.getLocalPort();
        boolean begun = false;
        try {
            sshd = withPassword ? Sshd.startWithPassword(dir, command) : Sshd.start(dir, command);
            begun = true;
        } finally {
            if (!begun) {
                closeBridges();
            }
        }
    }

    private void accept() {
        while (!bridges.isClosed()) {
            try {
                Socket socket = bridges.accept();
                open.add(socket);
                Thread session = new Thread(() -> serve(socket), "session");
                session.setDaemon(true);
                session.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Frames frames = new Frames(socket);
            Frame first = frames.next();
            if (first == null) {
                return;
            }
            String command = new String(first.bytes(), StandardCharsets.UTF_8);
            try {
                if (command.equals(Sshd.SFTP)) {
                    new WindowsSftp(host, ACCOUNT)
                            .serve(frames.input(), new BufferedOutputStream(frames.output(), 1 << 16));
                    frames.exit(0);
                } else {
                    commands.add(command);
                    run(host.login(command, ACCOUNT), frames);
                }
            } catch (HostUnreachable e) {
                frames.send('k', new byte[0]);
            }
        } catch (IOException e) {
            return; // the session is gone; what it started is not, as on Windows
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        } finally {
            open.remove(socket);
        }
    }

    private static void run(RunningCommand running, Frames frames) throws IOException {
        Thread input = new Thread(() -> feed(running, frames), "input");
        input.setDaemon(true);
        input.start();
        try {
            while (true) {
                RunningCommand.Piece piece = running.receive(LOOK);
                frames.send('o', piece.stdout());
                frames.send('e', piece.stderr());
                if (piece.exitCode().isPresent()) {
                    frames.exit(piece.exitCode().getAsInt());
                    return;
                }
            }
        } catch (UnsupportedPowerShell e) {
            frames.send('e', e.toString().getBytes(StandardCharsets.UTF_8));
            frames.exit(255);
        }
    }

    private static void feed(RunningCommand running, Frames frames) {
        try {
            for (@Nullable Frame f = frames.next(); f != null; f = frames.next()) {
                if (f.letter() == 'z') {
                    running.closeInput();
                } else {
                    running.send(f.bytes());
                }
            }
        } catch (IOException e) {
            return; // the session is gone
        }
    }

    /** What sessions were asked to run, our own scripts among them. */
    List<String> commands() {
        return commands;
    }

    /** Cuts all connections. */
    public void cut() {
        sshd.killConnections();
    }

    Sshd sshd() {
        return sshd;
    }

    /** PowerShell takes the commands from the next connection on. */
    void powerShellIsDefault() {
        host.registry().set(SHELL_KEY, "DefaultShell", POWERSHELL);
    }

    /** The host goes down, and its sshd with it; comes back when both are up again. */
    void restart() {
        host.restartTakes(Duration.ofMillis(300));
        sshd.stop();
        host.restart();
        Await.until("the host is up", host::isReachable);
        sshd.start();
    }

    /** The least that opens a shell. */
    public Params settings() {
        return Params.of("type", "windows-ssh", "login", sshd.login(), "port", sshd.port())
                .with("key", sshd.path("key"))
                .with("knownHosts", sshd.path("known_hosts"));
    }

    HostShell open() {
        return open(settings());
    }

    HostShell open(Params settings) {
        return ServiceLoader.load(HostShellProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.type().equals("windows-ssh"))
                .findFirst()
                .orElseThrow()
                .open("127.0.0.1", settings, Secret::of);
    }

    @Override
    public void close() {
        sshd.close();
        closeBridges();
        if (!failures.isEmpty()) {
            throw new AssertionError("a session failed", failures.get(0));
        }
    }

    private void closeBridges() {
        try {
            bridges.close();
            for (Socket socket : open) {
                socket.close();
            }
            accepting.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
