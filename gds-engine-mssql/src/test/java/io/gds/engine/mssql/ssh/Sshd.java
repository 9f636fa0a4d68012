package io.gds.engine.mssql.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenSSH server on loopback with keys of its own, which hands all commands to a program. As root it has its own copy of /etc in a mount
 * namespace: an account with a password is nobody else's there, and vanishes with it.
 */
final class Sshd implements AutoCloseable {
    static final String PASSWORD = "of the test";
    static final String SFTP = "sftp-server.exe";

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final String ACCOUNT = "gdswin";

    private final Path dir;
    private final int port;
    private final boolean withPassword;
    private Process process;

    private Sshd(Path dir, int port, boolean withPassword) {
        this.dir = dir;
        this.port = port;
        this.withPassword = withPassword;
    }

    /** Starts a server that runs this for each command; skips the test when this machine cannot. */
    static Sshd start(Path dir, String command) {
        return start(dir, command, false);
    }

    /** The same, with an account that has a password; only root can have that. */
    static Sshd startWithPassword(Path dir, String command) {
        assumeTrue(ROOT, "only root can make accounts for the test");
        return start(dir, command, true);
    }

    private static Sshd start(Path dir, String command, boolean withPassword) {
        assumeTrue(Files.isExecutable(PROGRAM), "there is no " + PROGRAM + ": install openssh-server");
        Sshd sshd = new Sshd(dir, freePort(), withPassword);
        sshd.keygen("host");
        sshd.keygen("key");
        sshd.keygen("other");
        sshd.write("known_hosts", "[127.0.0.1]:" + sshd.port + " " + sshd.publicKey("host"));
        sshd.write("authorized_keys", sshd.publicKey("key"));
        sshd.write(
                "sshd_config",
                String.join(
                        "\n",
                        "ListenAddress 127.0.0.1",
                        "Port " + sshd.port,
                        "HostKey " + dir.resolve("host"),
                        "AuthorizedKeysFile " + dir.resolve("authorized_keys"),
                        "PidFile none",
                        "StrictModes no",
                        "PasswordAuthentication " + (withPassword ? "yes" : "no"),
                        "KbdInteractiveAuthentication no",
                        "UsePAM no",
                        "UseDNS no",
                        "MaxStartups 100",
                        "MaxAuthTries 20",
                        "LogLevel VERBOSE",
                        "Subsystem sftp " + SFTP,
                        "ForceCommand " + command,
                        ""));
        sshd.start();
        return sshd;
    }

    void start() {
        try {
            String serve = "exec " + PROGRAM + " -D -e -f " + dir.resolve("sshd_config");
            List<String> words = new ArrayList<>(List.of("sh", "-c", withPassword ? ownEtc() + serve : serve));
            if (ROOT) {
                Files.createDirectories(Path.of("/run/sshd"));
                dir.toFile().setExecutable(true, false);
                dir.toFile().setReadable(true, false);
                words.addAll(0, List.of("unshare", "--mount", "--propagation", "private"));
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

    private String ownEtc() {
        String etc = dir + "/etc";
        return "set -e; [ -d " + etc + " ] || cp -a /etc " + etc + "; mount --bind " + etc + " /etc; id " + ACCOUNT
                + " >/dev/null 2>&1 || useradd -M -d / -s /bin/sh " + ACCOUNT + "; echo '" + ACCOUNT + ":" + PASSWORD
                + "' | chpasswd; ";
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new AssertionError("sshd ended: " + read("log"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            return socket.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Who logs in with the key, or with the password when the server knows one. */
    String login() {
        return withPassword ? ACCOUNT : System.getProperty("user.name");
    }

    String path(String name) {
        return dir.resolve(name).toString();
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

    private void keygen(String name) {
        tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(name));
    }

    private void tool(String... words) {
        try {
            Process tool = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("tool").toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                tool.destroyForcibly();
                throw new AssertionError(List.of(words) + ": " + read("tool"));
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

    /** SIGKILL to the server's processes of all connections. */
    void killConnections() {
        process.descendants()
                .filter(p -> comm(p.pid()).toLowerCase(Locale.ROOT).startsWith("sshd"))
                .forEach(ProcessHandle::destroyForcibly);
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
        tool("rm", "-rf", path("etc")); // JUnit would complain of each of its links
        Await.until("nothing of sshd is left", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
