package io.gds.database.core.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshFilesTest {
    @TempDir
    static Path server;

    private static Sshd sshd;
    private static SshShell shell;

    @TempDir
    Path dir;

    @BeforeAll
    static void open() {
        sshd = Sshd.start(server, List.of("RekeyLimit 1M")); // new keys in the middle of large files
        shell = sshd.open();
    }

    @AfterAll
    static void close() {
        if (shell != null) {
            shell.close();
        }
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void filesAreWrittenWholeAndReadWithinBounds() throws IOException {
        String path = dir.resolve("a 'b' $c \n.conf").toString();
        assertThat(shell.read(path)).isEmpty();
        shell.write(path, bytes("one"), "600", "");
        shell.write(path, bytes("two"), "640", "");
        assertThat(shell.read(path)).hasValue(bytes("two"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(path))))
                .isEqualTo("rw-r-----");
        assertThat(dir).isDirectoryNotContaining("glob:**.gds-*");
        Files.write(dir.resolve("large"), new byte[1024 * 1024 + 1]);
        assertThatThrownBy(() -> shell.read(dir.resolve("large").toString())).hasMessageContaining("larger than");
        assertThatThrownBy(() -> shell.read("relative")).hasMessageContaining("begins with /");
        assertThatThrownBy(() -> shell.read(dir.toString())).hasMessageContaining("GDS-FILE");
        assertThatThrownBy(() -> shell.read(path + "/x")).hasMessageContaining("Not a directory");
        assertThatThrownBy(() -> shell.write(path, bytes("x"), "rwx", "")).hasMessageContaining("octal");
        assertThatThrownBy(() -> shell.write(dir + "/none/x", bytes("x"), "600", ""))
                .hasMessageContaining("GDS-FILE")
                .hasMessageContaining("none");
        assertThat(shell.read(path)).hasValue(bytes("two"));
    }

    @Test
    void everyByteArrivesAndComesBack() {
        byte[] all = new byte[1024 * 1024];
        new Random(7).nextBytes(all);
        String path = dir.resolve("bytes").toString();
        shell.write(path, all, "600", "");
        assertThat(shell.read(path)).hasValue(all);
        shell.write(path, new byte[0], "600", "");
        assertThat(shell.read(path)).hasValue(new byte[0]);
    }

    @Test
    void anUploadIsTheSameFile() throws IOException {
        Path local = dir.resolve("local");
        byte[] content = new byte[20_000_003];
        new Random(8).nextBytes(content);
        Files.write(local, content);
        Path remote = dir.resolve("remote");
        shell.upload(local, remote.toString(), "444", "");
        assertThat(Files.mismatch(local, remote)).isEqualTo(-1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(remote)))
                .isEqualTo("r--r--r--");
        assertThatThrownBy(() -> shell.upload(dir.resolve("none"), remote.toString(), "444", ""))
                .hasMessageContaining("GDS-FILE")
                .hasMessageContaining("none");
    }

    @RepeatedTest(5) // one in five meets an exchange of keys
    void anInterruptedUploadLeavesTheOldFileAndNothingElse() throws Exception {
        Path local = dir.resolve("local");
        try (RandomAccessFile file = new RandomAccessFile(local.toFile(), "rw")) {
            file.setLength(400_000_000);
        }
        Path target = Files.createDirectory(dir.resolve("target"));
        Files.writeString(target.resolve("file"), "old");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                shell.upload(local, target.resolve("file").toString(), "600", "");
            } catch (GdsDatabaseException e) {
                thrown.set(e);
            }
        });
        caller.start();
        Await.until("some of it is there", () -> count(target) == 2);
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).hasMessageContaining("GDS-INTERRUPTED");
        assertThat(target.resolve("file")).hasContent("old");
        Await.until("nothing else is left", () -> count(target) == 1);
    }

    private static long count(Path directory) {
        try (var all = Files.list(directory)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCorruptedOrShortTransferLeavesTheOldFile() throws IOException {
        Path path = dir.resolve("file");
        Files.writeString(path, "old");
        try (Connections connections =
                new Connections(SshSettings.of("127.0.0.1", sshd.settings(), r -> null, System.getenv()))) {
            Elevation elevation = new Elevation(sshd.login(), false, Optional.empty());
            corrupted(new HostFiles("127.0.0.1", "", elevation, connections), path);
        }
        assertThat(path).hasContent("old");
        assertThat(dir).isDirectoryNotContaining("glob:**.gds-*");
    }

    private static void corrupted(HostFiles files, Path path) {
        byte[] wrong = bytes("wrung");
        String sum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        assertThatThrownBy(() ->
                        files.put(path.toString(), wrong.length, () -> new ByteArrayInputStream(wrong), sum, "600", ""))
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                        .isTrue())
                .hasMessageContaining("GDS-SSH-CHECKSUM")
                .hasMessageContaining(sum);
        // A source that ends early, as a file does that is truncated while it is sent.
        assertThatThrownBy(
                        () -> files.put(path.toString(), 5000, () -> new ByteArrayInputStream(wrong), sum, "600", ""))
                .hasMessageContaining("GDS-SSH-CHECKSUM");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
