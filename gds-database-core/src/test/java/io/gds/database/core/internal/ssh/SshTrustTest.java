package io.gds.database.core.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom we believe, and who believes us. */
class SshTrustTest {
    @TempDir
    static Path server;

    private static Sshd sshd;

    @BeforeAll
    static void start() {
        sshd = Sshd.start(server, List.of());
        sshd.keygen("ed25519", "other");
        sshd.keygen("rsa", "rsa");
        sshd.keygen("ecdsa", "ecdsa");
        sshd.write("authorized_keys", sshd.publicKey("key") + sshd.publicKey("rsa") + sshd.publicKey("ecdsa"));
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void anotherKeyOfTheHostIsRefused() {
        String found = fingerprint("host");
        String expected = fingerprint("other");
        assertThatThrownBy(() -> knowing("[127.0.0.1]:" + sshd.port() + " " + sshd.publicKey("other")))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("GDS-SSH-HOST-KEY");
                    assertThat(e.retryable()).isFalse();
                })
                .hasMessageContaining("127.0.0.1 port " + sshd.port())
                .hasMessageContaining("found key ssh-ed25519 " + found)
                .hasMessageContaining("expected key ssh-ed25519 " + expected)
                .hasMessageContaining("Remedy");
    }

    @Test
    void aKeyOfAnotherTypeIsRefusedToo() {
        refused("GDS-SSH-HOST-KEY", () -> knowing("[127.0.0.1]:" + sshd.port() + " " + sshd.publicKey("rsa")));
    }

    @Test
    void anUnknownHostIsRefusedAndNotLearnt() {
        assertThatThrownBy(() -> knowing("127.0.0.1 " + sshd.publicKey("host")))
                .hasMessageContaining("GDS-SSH-HOST-KEY")
                .hasMessageContaining("expected a host that the file knows")
                .hasMessageContaining(fingerprint("host"));
        Params settings = sshd.settings().with("knownHosts", sshd.path("no-such-file"));
        refused("GDS-SSH-HOST-KEY", () -> sshd.open(settings));
        assertThat(server.resolve("no-such-file")).doesNotExist();
    }

    @Test
    void aRevokedKeyIsRefusedAlthoughAnotherLineHasIt() {
        String line = "[127.0.0.1]:" + sshd.port() + " " + sshd.publicKey("host");
        assertThatThrownBy(() -> knowing(line + "@revoked * " + sshd.publicKey("host")))
                .hasMessageContaining("GDS-SSH-HOST-KEY")
                .hasMessageContaining("revoked");
    }

    @Test
    void hashedNamesAndPatternsAreUnderstood() {
        works(knowing("# comment\n\nbroken\n[127.0.0.?]:* " + sshd.publicKey("host")));
        refused(
                "GDS-SSH-HOST-KEY",
                () -> knowing("[127.0.0.?]:*,![127.0.0.1]:" + sshd.port() + " " + sshd.publicKey("host")));
        sshd.write("hashed", "[127.0.0.1]:" + sshd.port() + " " + sshd.publicKey("host"));
        sshd.tool(List.of("ssh-keygen", "-q", "-H", "-f", sshd.path("hashed")));
        assertThat(sshd.read("hashed")).startsWith("|1|");
        works(sshd.open(sshd.settings().with("knownHosts", sshd.path("hashed"))));
    }

    @Test
    void aHostMayHaveSeveralKeysAndACertificate(@TempDir Path dir) {
        try (Sshd other =
                Sshd.start(dir, List.of("HostKey " + dir + "/rsa", "HostCertificate " + dir + "/host-cert.pub"), d -> {
                    d.keygen("rsa", "rsa");
                    d.keygen("ed25519", "authority");
                    d.tool(List.of(
                            "ssh-keygen",
                            "-q",
                            "-s",
                            d.path("authority"),
                            "-h",
                            "-I",
                            "test",
                            "-n",
                            "127.0.0.1",
                            d.path("host.pub")));
                })) {
            works(other.open());
            other.write("rsa-known", "[127.0.0.1]:" + other.port() + " " + other.publicKey("rsa"));
            works(other.open(other.settings().with("knownHosts", other.path("rsa-known"))));
            other.write("ca-known", "@cert-authority [127.0.0.1]:* " + other.publicKey("authority"));
            works(other.open(other.settings().with("knownHosts", other.path("ca-known"))));
            other.write("wrong-ca-known", "@cert-authority [127.0.0.1]:* " + other.publicKey("rsa"));
            refused(
                    "GDS-SSH-HOST-KEY",
                    () -> other.open(other.settings().with("knownHosts", other.path("wrong-ca-known"))));
        }
    }

    @Test
    void keysOfAllUsualTypesLogIn() {
        for (String key : List.of("rsa", "ecdsa", "key")) {
            works(sshd.open(sshd.settings().with("key", sshd.path(key))));
        }
        for (String format : List.of("PEM", "PKCS8", "RFC4716")) {
            sshd.keygen("rsa", "rsa-" + format, "-m", format);
            sshd.write("authorized_keys", sshd.read("authorized_keys") + sshd.publicKey("rsa-" + format));
            works(sshd.open(sshd.settings().with("key", sshd.path("rsa-" + format))));
        }
    }

    @Test
    void aKeyThatTheHostDoesNotKnowIsRefusedByIt() {
        assertThatThrownBy(() -> sshd.open(sshd.settings().with("key", sshd.path("other"))))
                .hasMessageContaining("GDS-SSH-AUTH")
                .hasMessageContaining(sshd.path("other"))
                .hasMessageContaining("publickey")
                .hasMessageContaining("Remedy");
    }

    @Test
    void aKeyWithAPassphraseNeedsIt() {
        sshd.tool(List.of("cp", sshd.path("key"), sshd.path("closed")));
        sshd.tool(List.of("ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", sshd.path("closed")));
        Params settings = sshd.settings().with("key", sshd.path("closed"));
        refused("GDS-SSH-KEY", () -> sshd.open(settings));
        Params with = settings.with("keyPassphrase", "test:passphrase");
        works(new SshShellProvider().open("127.0.0.1", with, reference -> Secret.of("open sesame")));
        assertThatThrownBy(() -> new SshShellProvider().open("127.0.0.1", with, reference -> Secret.of("wrong one")))
                .hasMessageContaining("GDS-SSH-KEY")
                .message()
                .doesNotContain("wrong one");
    }

    @Test
    void anAgentSignsForUs(@TempDir Path dir) throws Exception {
        Path socket = dir.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        try {
            Await.until("the agent listens", () -> socket.toFile().exists());
            Params settings = Params.of(Map.of(
                    "type", "ssh",
                    "login", sshd.login(),
                    "port", sshd.port(),
                    "agent", socket.toString(),
                    "knownHosts", sshd.path("known_hosts")));
            assertThatThrownBy(() -> sshd.open(settings))
                    .hasMessageContaining("GDS-SSH-AUTH")
                    .hasMessageContaining("no key at all");
            add(socket, "other");
            assertThatThrownBy(() -> sshd.open(settings))
                    .hasMessageContaining("GDS-SSH-AUTH")
                    .hasMessageContaining(fingerprint("other"));
            for (String key : List.of("rsa", "ecdsa", "key")) {
                add(socket, key);
                works(sshd.open(settings));
                sshd.tool(List.of("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", "-d", sshd.path(key)));
            }
        } finally {
            agent.destroyForcibly().waitFor();
        }
        assertThatThrownBy(() -> sshd.open(sshd.settings().with("agent", socket.toString())))
                .hasMessageContaining("GDS-SSH-AGENT")
                .hasMessageContaining(socket.toString());
    }

    private void add(Path socket, String key) {
        sshd.tool(List.of("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", sshd.path(key)));
    }

    @Test
    void aJumpHostIsPassedAndCheckedAsStrictly(@TempDir Path dir) {
        try (Sshd jump = Sshd.start(dir, List.of())) {
            Params via = Params.of("host", "127.0.0.1", "port", jump.port(), "login", jump.login())
                    .with("key", jump.path("key"));
            sshd.write("both", sshd.read("known_hosts") + jump.read("known_hosts"));
            Params settings =
                    sshd.settings().with("knownHosts", sshd.path("both")).with("jump", via);
            try (SshShell shell = sshd.open(settings)) {
                String connection = shell.run(Command.of("sh", "-c", "echo $SSH_CONNECTION"))
                        .output();
                assertThat(connection).contains(" " + sshd.port());
                assertThat(jump.log()).contains("Accepted publickey");
                jump.killConnections();
                assertThat(shell.run(Command.of("echo", "again")).output()).isEqualTo("again\n");
            }
            assertThatThrownBy(() -> sshd.open(settings.with("knownHosts", sshd.path("known_hosts"))))
                    .hasMessageContaining("GDS-SSH-HOST-KEY")
                    .hasMessageContaining("127.0.0.1 port " + jump.port());
            assertThatThrownBy(() -> sshd.open(settings.with("knownHosts", jump.path("known_hosts"))))
                    .hasMessageContaining("GDS-SSH-HOST-KEY")
                    .hasMessageContaining("127.0.0.1 port " + sshd.port());
            assertThatThrownBy(() -> sshd.open(settings.with("port", Sshd.freePort())))
                    .hasMessageContaining("GDS-SSH-CONNECT")
                    .hasMessageContaining("by way of jump host 127.0.0.1 port " + jump.port());
        }
    }

    @Test
    void aHostThatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> sshd.open(sshd.settings().with("port", Sshd.freePort())))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                        .isTrue())
                .hasMessageContaining("GDS-SSH-CONNECT")
                .hasMessageContaining("refused");
        assertThatThrownBy(() -> new SshShellProvider()
                        .open("no-such-host.invalid", sshd.settings(), reference -> Secret.of("")))
                .hasMessageContaining("GDS-SSH-CONNECT")
                .hasMessageContaining("no-such-host.invalid");
    }

    private SshShell knowing(String lines) {
        sshd.write("lines", lines);
        return sshd.open(sshd.settings().with("knownHosts", sshd.path("lines")));
    }

    private static void works(HostShell opened) {
        try (HostShell shell = opened) {
            assertThat(shell.run(Command.of("true")).succeeded()).isTrue();
        }
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static String fingerprint(String key) {
        sshd.tool(List.of("ssh-keygen", "-lf", sshd.path(key + ".pub")));
        return sshd.read("tool").split(" ", -1)[1];
    }
}
