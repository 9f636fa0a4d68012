package io.gds.engine.mssql.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.Programs;
import io.gds.database.testkit.windows.WindowsHost;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom we believe, who believes us, and what settings are taken. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsSshTrustTest {
    @TempDir
    Path dir;

    private final WindowsHost host = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));

    private static void refused(String code, WindowsBehindSshd behind, Params settings) {
        assertThatThrownBy(() -> behind.open(settings).close())
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void anotherKeyOfTheHostIsRefused() {
        try (WindowsBehindSshd behind = new WindowsBehindSshd(host, dir)) {
            Sshd sshd = behind.sshd();
            sshd.write("changed", "[127.0.0.1]:" + sshd.port() + " " + sshd.publicKey("other"));
            refused("GDS-SSH-HOST-KEY", behind, behind.settings().with("knownHosts", sshd.path("changed")));
            sshd.write("empty", "");
            refused("GDS-SSH-HOST-KEY", behind, behind.settings().with("knownHosts", sshd.path("empty")));
            assertThat(behind.commands()).isEmpty();
        }
    }

    @Test
    void aHostWhoseKeyChangesUnderUsIsRefusedBeforeAnythingIsSent() {
        try (WindowsBehindSshd behind = new WindowsBehindSshd(host, dir);
                HostShell shell = behind.open()) {
            Sshd sshd = behind.sshd();
            sshd.stop();
            sshd.write("sshd_config", sshd.read("sshd_config").replace(sshd.path("host"), sshd.path("other")));
            sshd.start();
            behind.commands().clear();
            assertThatThrownBy(() -> shell.run(Command.of("hostname.exe"))).hasMessageContaining("GDS-SSH-HOST-KEY");
            assertThat(behind.commands()).isEmpty();
        }
    }

    @Test
    void aKeyThatTheHostDoesNotKnowIsRefused() {
        try (WindowsBehindSshd behind = new WindowsBehindSshd(host, dir)) {
            Sshd sshd = behind.sshd();
            assertThatThrownBy(() -> behind.open(behind.settings().with("key", sshd.path("other"))))
                    .hasMessageContaining("GDS-SSH-AUTH")
                    .hasMessageContaining(sshd.login())
                    .hasMessageContaining(sshd.path("other"));
        }
    }

    @Test
    void aPasswordOpensAndAWrongOneDoesNot() {
        try (WindowsBehindSshd behind = new WindowsBehindSshd(host, dir, true)) {
            Params settings = Params.of(
                            "type", "windows-ssh", "login", behind.sshd().login())
                    .with("port", behind.sshd().port())
                    .with("knownHosts", behind.sshd().path("known_hosts"));
            try (HostShell shell = behind.open(settings.with("password", Sshd.PASSWORD))) {
                assertThat(shell.run(Command.of("hostname.exe")).output()).isEqualTo("SQL01\r\n");
            }
            assertThatThrownBy(() -> behind.open(settings.with("password", "a wrong one")))
                    .hasMessageContaining("GDS-SSH-AUTH")
                    .hasMessageContaining("offered no key at all and a password")
                    .hasMessageNotContaining("a wrong one");
        }
    }

    @Test
    void aShellThatIsNeitherCmdNorPowerShellIsRefused() {
        String bash = "C:\\cygwin64\\bin\\bash.exe";
        host.files().put(bash, io.gds.database.testkit.windows.HostFile.text("").program(Programs.saying("", 0)));
        host.registry().set(WindowsBehindSshd.SHELL_KEY, "DefaultShell", bash);
        try (WindowsBehindSshd behind = new WindowsBehindSshd(host, dir)) {
            assertThatThrownBy(behind::open)
                    .hasMessageContaining("GDS-SSH-SHELL")
                    .hasMessageContaining("DefaultShell");
        }
    }

    @Test
    void whatWindowsHasNotIsNoSetting() {
        try (WindowsBehindSshd behind = new WindowsBehindSshd(host, dir)) {
            Params wrong = behind.settings()
                    .with("sudo", true)
                    .with("user", "postgres")
                    .with("unknown", 1)
                    .with("login", "a/b");
            assertThatThrownBy(() -> behind.open(wrong))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("shell.sudo")
                    .hasMessageContaining("shell.user")
                    .hasMessageContaining("shell.unknown")
                    .hasMessageContaining("shell.login");
            Params keyless = Params.of(
                    "type",
                    "windows-ssh",
                    "login",
                    "CORP\\gds",
                    "port",
                    behind.sshd().port());
            assertThatThrownBy(() -> behind.open(keyless))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("shell.key");
            refused("GDS-SSH-AUTH", behind, behind.settings().with("login", "CORP\\Großer Administrator"));
            refused("GDS-SSH-AUTH", behind, behind.settings().with("login", "gds@corp.example"));
        }
    }
}
