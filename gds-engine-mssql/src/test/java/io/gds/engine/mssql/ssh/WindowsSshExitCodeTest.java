package io.gds.engine.mssql.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.Secret;
import io.gds.database.core.internal.ssh.windows.WindowsSshShellProvider;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import io.gds.database.spi.HostShell;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.Programs;
import io.gds.database.testkit.windows.WindowsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit codes travel in 32 bits. An sshd of a Unix host knows 8 of them only, so that another server serves here. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsSshExitCodeTest {
    @TempDir
    Path dir;

    private final WindowsHost host = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));
    private SshServer server;

    @BeforeEach
    void start() throws IOException, NoSuchAlgorithmException {
        KeyPair key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((user, password, session) -> password.equals("of the test"));
        server.setCommandFactory((channel, line) -> new ModelCommand(host, line));
        server.start();
        Files.writeString(
                dir.resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(true);
    }

    @ParameterizedTest
    @CsvSource({"cmd,-2068709375", "powershell,-2068709375", "cmd,3010", "cmd,-1", "cmd,2147483647", "powershell,0"})
    void allTheirBitsComeBack(String defaultShell, int code) {
        if (defaultShell.equals("powershell")) {
            host.registry().set(WindowsBehindSshd.SHELL_KEY, "DefaultShell", WindowsBehindSshd.POWERSHELL);
        }
        host.programs().add("setup.exe", Programs.saying("done", code));
        Params settings = Params.of("type", "windows-ssh", "login", "CORP\\gds", "port", server.getPort())
                .with("password", "of the test")
                .with("knownHosts", dir.resolve("known_hosts").toString());
        try (HostShell shell = new WindowsSshShellProvider().open("127.0.0.1", settings, Secret::of)) {
            CommandResult result = shell.run(Command.of("setup.exe", "/quiet"));
            assertThat(result.status()).isEqualTo(Status.EXITED);
            assertThat(result.exitCode()).isEqualTo(code);
            assertThat(result.output()).isEqualTo("done\r\n");
        }
        assertThat(host.unsupported()).isEmpty();
    }
}
