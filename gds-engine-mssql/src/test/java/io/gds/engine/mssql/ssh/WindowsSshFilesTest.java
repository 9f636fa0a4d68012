package io.gds.engine.mssql.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.spi.HostShell;
import io.gds.database.testkit.windows.HostFile;
import io.gds.database.testkit.windows.HostTimer;
import io.gds.database.testkit.windows.WindowsHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of a Windows host behind a real sshd. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsSshFilesTest {
    private static final String FILE = "D:\\gds\\a folder\\Größe.json";

    @TempDir
    static Path server;

    @TempDir
    Path dir;

    private static final WindowsHost HOST = new WindowsHost("SQL01", HostTimer.of(Clock.systemUTC()));
    private static WindowsBehindSshd behind;
    private static HostShell shell;

    @BeforeAll
    static void start() {
        behind = new WindowsBehindSshd(HOST, server);
        shell = behind.open();
    }

    @AfterAll
    static void stop() {
        if (shell != null) {
            shell.close();
        }
        if (behind != null) {
            behind.close();
        }
    }

    @AfterEach
    void reset() {
        HOST.faults().quarantines(".part", false).full("D:", false).locked(FILE, false);
        HOST.files().remove("D:\\gds");
        assertThat(HOST.unsupported()).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void nothingElseIsLeft(String... paths) {
        assertThat(HOST.files().list("D:\\gds", true).stream()
                        .filter(p -> HOST.files().file(p) != null))
                .containsExactly(paths);
    }

    @Test
    void whatIsWrittenIsReadAgainAndItsFoldersAreMade() {
        assertThat(shell.read(FILE)).isEmpty();
        shell.write(FILE, bytes("one"), "600", "");
        assertThat(shell.read(FILE)).hasValue(bytes("one"));
        assertThat(shell.read("D:/gds/a folder/Größe.json")).hasValue(bytes("one"));
        shell.write(FILE, new byte[0], "600", "");
        assertThat(shell.read(FILE)).hasValue(new byte[0]);
        nothingElseIsLeft(FILE);
    }

    @Test
    void aFileThatIsThereIsReplacedAtOnce() {
        HOST.files().put(FILE, HostFile.text("old"));
        shell.write(FILE, bytes("new"), "600", "");
        assertThat(HOST.files().text(FILE)).isEqualTo("new");
        nothingElseIsLeft(FILE);
    }

    @Test
    void aMebibyteIsReadAndNoByteMore() {
        byte[] most = new byte[1 << 20];
        new Random(1).nextBytes(most);
        HOST.files().put(FILE, HostFile.of(most));
        assertThat(shell.read(FILE)).hasValue(most);
        HOST.files().put(FILE, HostFile.of(new byte[(1 << 20) + 1]));
        assertThatThrownBy(() -> shell.read(FILE))
                .hasMessageContaining("GDS-FILE")
                .hasMessageContaining("larger than 1048576 bytes");
        assertThatThrownBy(() -> shell.read("D:\\gds\\a folder"))
                .hasMessageContaining("GDS-FILE")
                .hasMessageContaining("it is a folder");
    }

    @Test
    void aPackageIsSentInPiecesAndTheHostSaysWhatItHolds() throws IOException {
        byte[] content = new byte[5 * (1 << 20) + 17];
        new Random(2).nextBytes(content);
        Path local = Files.write(dir.resolve("package.exe"), content);
        HOST.files().put(FILE, HostFile.text("old"));
        shell.upload(local, FILE, "644", "");
        assertThat(HOST.files().file(FILE).bytes()).isEqualTo(content);
        nothingElseIsLeft(FILE);
    }

    @Test
    void aFileThatIsMissingHereIsToldBeforeAnythingIsSent() {
        assertThatThrownBy(() -> shell.upload(dir.resolve("missing"), FILE, "644", ""))
                .hasMessageContaining("GDS-FILE")
                .hasMessageContaining("of this machine");
        assertThat(HOST.files().exists("D:\\gds")).isFalse();
    }

    @Test
    void aFullDriveLeavesTheOldFile() {
        HOST.files().put(FILE, HostFile.text("old"));
        HOST.faults().full("D:", true);
        assertThatThrownBy(() -> shell.write(FILE, bytes("new"), "600", ""))
                .hasMessageContaining("GDS-FILE")
                .hasMessageContaining(FILE);
        assertThat(HOST.files().text(FILE)).isEqualTo("old");
        nothingElseIsLeft(FILE);
    }

    @Test
    void whatAnAntivirusTakesAwayIsNoSuccess() throws IOException {
        HOST.faults().quarantines(".part", true);
        assertThatThrownBy(() -> shell.write(FILE, bytes("new"), "600", "")).hasMessageContaining("GDS-FILE");
        Path local = Files.write(dir.resolve("package.exe"), new byte[2 << 20]);
        assertThatThrownBy(() -> shell.upload(local, FILE, "600", "")).hasMessageContaining("GDS-COMMAND");
        nothingElseIsLeft();
    }

    @Test
    void aFileThatSomebodyHoldsKeepsItsContent() {
        HOST.files().put(FILE, HostFile.text("old"));
        HOST.faults().locked(FILE, true);
        assertThatThrownBy(() -> shell.write(FILE, bytes("new"), "600", ""))
                .hasMessageContaining("GDS-FILE")
                .hasMessageContaining("nobody has the file open");
        HOST.faults().locked(FILE, false);
        assertThat(HOST.files().text(FILE)).isEqualTo("old");
        nothingElseIsLeft(FILE);
    }

    @Test
    void pathsThatAreNoneAreRefused() {
        for (String path : List.of(
                "",
                "x",
                "/etc/passwd",
                "C:",
                "C:\\",
                "C:\\a\\",
                "C:x",
                "\\\\server\\share\\x",
                "C:\\a:stream",
                "C:\\a*",
                "C:\\a\nb")) {
            assertThatThrownBy(() -> shell.read(path)).as(path).hasMessageContaining("GDS-FILE");
            assertThatThrownBy(() -> shell.write(path, new byte[0], "600", ""))
                    .as(path)
                    .hasMessageContaining("GDS-FILE");
        }
    }
}
