package io.gds.database.core.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Secret;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshSettingsTest {
    @TempDir
    Path dir;

    private Path key;

    @BeforeEach
    void makeKey() throws IOException {
        key = Files.createFile(dir.resolve("key"));
    }

    private SshSettings read(Map<String, ?> settings) {
        return read(settings, Map.of());
    }

    private static SshSettings read(Map<String, ?> settings, Map<String, String> environment) {
        return SshSettings.of(
                "pg-a", Params.of(settings), reference -> Secret.of("secret of " + reference), environment);
    }

    @Test
    void littleIsNeeded() {
        SshSettings read = read(Map.of("type", "ssh", "login", "admin", "key", key.toString()));
        assertThat(read.target().toString()).isEqualTo("pg-a");
        assertThat(read.target().port()).isEqualTo(22);
        assertThat(read.target().key()).hasValue(key);
        assertThat(read.knownHosts()).isEqualTo(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
        assertThat(read.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(read.keepAlive()).isEqualTo(Duration.ofSeconds(15));
        assertThat(read.elevation()).isEqualTo(new Elevation("admin", false, Optional.empty()));
        assertThat(read.user()).isEmpty();
        assertThat(read.jump()).isEmpty();
        assertThat(read.agent()).isEmpty();
    }

    @Test
    void everythingCanBeSaid() {
        SshSettings read = read(Map.ofEntries(
                Map.entry("login", "admin"),
                Map.entry("port", 2222),
                Map.entry("key", key.toString()),
                Map.entry("keyPassphrase", "env:KEY"),
                Map.entry("agent", "/run/agent"),
                Map.entry("knownHosts", "/etc/known"),
                Map.entry("jump", Map.of("host", "door", "port", 22, "login", "guest", "key", key.toString())),
                Map.entry("connectTimeout", "PT3S"),
                Map.entry("keepAlive", "PT5S"),
                Map.entry("sudo", Map.of("password", "env:SUDO")),
                Map.entry("user", "postgres")));
        assertThat(read.target().toString()).isEqualTo("pg-a port 2222");
        assertThat(read.target().passphrase().orElseThrow().get()).isEqualTo(Secret.of("secret of env:KEY"));
        assertThat(read.agent()).hasValue(Path.of("/run/agent"));
        assertThat(read.knownHosts()).isEqualTo(Path.of("/etc/known"));
        assertThat(read.jump().orElseThrow().login()).isEqualTo("guest");
        assertThat(read.elevation().sudo()).isTrue();
        assertThat(read.elevation().password().orElseThrow().get()).isEqualTo(Secret.of("secret of env:SUDO"));
        assertThat(read.user()).isEqualTo("postgres");
        assertThat(read.toString()).doesNotContain("secret of");
    }

    @Test
    void anAgentIsFoundByTheEnvironment() {
        Map<String, Object> settings =
                Map.of("login", "admin", "agent", true, "jump", Map.of("host", "d", "login", "g"));
        assertThat(read(settings, Map.of("SSH_AUTH_SOCK", "/run/a")).agent()).hasValue(Path.of("/run/a"));
        assertThatThrownBy(() -> read(settings)).hasMessageContaining("SSH_AUTH_SOCK");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThatThrownBy(() -> read(Map.ofEntries(
                        Map.entry("login", "a b"),
                        Map.entry("port", 70000),
                        Map.entry("kye", "x"),
                        Map.entry("key", dir.resolve("none").toString()),
                        Map.entry("knownHosts", 5),
                        Map.entry("jump", Map.of("login", "guest", "hots", "x")),
                        Map.entry("connectTimeout", "3s"),
                        Map.entry("keepAlive", "PT0S"),
                        Map.entry("sudo", Map.of("user", "x")),
                        Map.entry("user", "-u"))))
                .isInstanceOfSatisfying(InvalidSpecException.class, e -> {
                    List<String> fields =
                            e.problems().stream().map(Problem::field).toList();
                    assertThat(fields)
                            .containsExactlyInAnyOrder(
                                    "shell.kye",
                                    "shell.login",
                                    "shell.port",
                                    "shell.key",
                                    "shell.knownHosts",
                                    "shell.jump.host",
                                    "shell.jump.hots",
                                    "shell.jump.key",
                                    "shell.connectTimeout",
                                    "shell.keepAlive",
                                    "shell.sudo.user",
                                    "shell.sudo.password",
                                    "shell.user");
                });
        assertThatThrownBy(() -> read(Map.of("type", "ssh")))
                .hasMessageContaining("shell.login")
                .hasMessageContaining("shell.key");
    }
}
