package io.gds.database.core.internal.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.plan.Params;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A real OpenSSH server on loopback with keys of its own. As root it runs in a mount namespace with its own copy of
 * /etc, so that accounts and sudoers that a test needs are nobody else's and vanish with it.
 */
final class Sshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path dir;
    private final int port;
    private final List<String> accounts;
    private Process process;

    private Sshd(Path dir, int port, List<String> accounts) {
        this.dir = dir;
        this.port = port;
        this.accounts = accounts;
    }

    /**
     * Starts a server; skips the test when this machine cannot.
     *
     * @param accounts shell commands that make accounts; for root only
     */
    static Sshd start(Path dir, List<String> config, String... accounts) {
        return start(dir, config, sshd -> {}, accounts);
    }

    /**
     * Starts a server.
     *
     * @param before what else it needs
     */
    static Sshd start(Path dir, List<String> config, Consumer<Sshd> before, String... accounts) {
        assumeTrue(Files.isExecutable(PROGRAM), "there is no " + PROGRAM + ": install openssh-server");
        assumeTrue(ROOT || accounts.length == 0, "only root can make accounts for the test");
        Sshd sshd = new Sshd(dir, freePort(), List.of(accounts));
        sshd.prepare(config);
        before.accept(sshd);
        sshd.start();
        return sshd;
    }

    private void prepare(List<String> config) {
        keygen("ed25519", "host");
        keygen("ed25519", "key");
        write("known_hosts", "[127.0.0.1]:" + port + " " + publicKey("host"));
        write("authorized_keys", publicKey("key"));
        List<String> lines = new ArrayList<>(List.of(
                "ListenAddress 127.0.0.1",
                "Port " + port,
                "HostKey " + dir.resolve("host"),
                "AuthorizedKeysFile " + dir.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "UsePAM no",
                "UseDNS no",
                "MaxStartups 100",
                "SetEnv HOME=" + dir, // whatever this machine's user has in .bashrc is not part of the test
                "LogLevel VERBOSE"));
        lines.addAll(config);
        write("sshd_config", String.join("\n", lines) + "\n");
    }

    void start() {
        try {
            List<String> words = new ArrayList<>();
            String serve = "exec " + PROGRAM + " -D -e -f " + dir.resolve("sshd_config");
            if (ROOT) {
                Files.createDirectories(Path.of("/run/sshd"));
                dir.toFile().setExecutable(true, false); // accounts reach their keys and homes
                dir.toFile().setReadable(true, false);
                String own = accounts.isEmpty() ? "" : ownEtc();
                words.addAll(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", own + serve));
            } else {
                words.addAll(List.of("sh", "-c", serve));
            }
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("sshd listens, " + dir.resolve("log"), this::listens);
    }

    /** A copy that only this server sees; made when it starts for the first time. */
    private String ownEtc() {
        String etc = dir + "/etc";
        return "set -e; new=; [ -d " + etc + " ] || { new=1; cp -a /etc " + etc + "; }; mount --bind " + etc
                + " /etc; [ -z " + "\"$new\" ] || { " + String.join("; ", accounts) + "; }; ";
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new AssertionError("sshd ended: " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            return socket.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }

    /** The least that opens a shell. */
    Params settings() {
        return Params.of("type", "ssh", "login", login(), "port", port)
                .with("key", path("key"))
                .with("knownHosts", path("known_hosts"));
    }

    SshShell open() {
        return open(settings());
    }

    SshShell open(Params settings) {
        return (SshShell) new SshShellProvider().open("127.0.0.1", settings, reference -> {
            throw new IllegalStateException("no secret is needed");
        });
    }

    int port() {
        return port;
    }

    String login() {
        return System.getProperty("user.name");
    }

    String path(String name) {
        return dir.resolve(name).toString();
    }

    String log() {
        return read("log");
    }

    String read(String name) {
        try {
            return Files.readString(dir.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String text) {
        try {
            Files.writeString(dir.resolve(name), text);
            dir.resolve(name).toFile().setReadable(true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a key pair in the server's directory. */
    void keygen(String type, String name, String... more) {
        List<String> words = new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-N", "", "-f", path(name)));
        words.addAll(List.of(more));
        tool(words);
    }

    void tool(List<String> words) {
        try {
            Process tool = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("tool").toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                tool.destroyForcibly();
                throw new AssertionError(words + ": " + read("tool"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Type and key, without the comment. */
    String publicKey(String name) {
        String[] fields = read(name + ".pub").split(" ", -1);
        return fields[0] + " " + fields[1].strip() + "\n";
    }

    /** SIGKILL to the server's processes of all connections; what they run lives on. */
    void killConnections() {
        connections().forEach(ProcessHandle::destroyForcibly);
    }

    /** Stops them, as a host does that is gone from the network: nobody says anything any more. */
    void freezeConnections() {
        signal("STOP", connections());
    }

    void thawConnections() {
        signal("CONT", connections());
    }

    private void signal(String name, Stream<ProcessHandle> whom) {
        // Some of them end just now by themselves.
        List<String> words = new ArrayList<>(List.of("sh", "-c", "kill \"$@\" || true", "sh", "-s", name));
        whom.forEach(p -> words.add(Long.toString(p.pid())));
        tool(words);
    }

    private Stream<ProcessHandle> connections() {
        return process.descendants()
                .filter(p -> comm(p.pid()).toLowerCase(Locale.ROOT).startsWith("sshd"));
    }

    private static String comm(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm"));
        } catch (IOException e) {
            return "";
        }
    }

    void stop() {
        killConnections();
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        stop();
        all.forEach(ProcessHandle::destroyForcibly);
        tool(List.of("rm", "-rf", path("etc"))); // JUnit would complain of each of its links
        Await.until("nothing of sshd is left", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
