package io.gds.database.core.internal.ssh.windows;

import io.gds.database.core.internal.ssh.Connections;
import io.gds.database.core.internal.ssh.Failures;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.FileMode;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPException;

/** Files of a Windows host, by SFTP. Thread-safe. */
final class WindowsFiles {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int SLOWEST_BYTES_PER_SECOND = 1024 * 1024;
    private static final String CODE = "GDS-FILE";

    private final String host;
    private final Connections connections;
    private final Function<Command, CommandResult> commands;

    /** Opens the bytes of a file. */
    private interface Source {
        InputStream open() throws IOException;
    }

    /**
     * The files of a host.
     *
     * @param commands runs commands there
     */
    WindowsFiles(String host, Connections connections, Function<Command, CommandResult> commands) {
        this.host = host;
        this.connections = connections;
        this.commands = commands;
    }

    Optional<byte[]> read(String path) {
        HostPath file = HostPath.of(host, path);
        try (Sftp sftp = Sftp.open(host, connections)) {
            Optional<FileAttributes> there = sftp.look(file.sftp());
            if (there.isEmpty()) {
                return Optional.empty();
            }
            if (there.get().getMode().getType() == FileMode.Type.DIRECTORY) {
                throw refused("cannot read " + path + " on host " + host + ": it is a folder");
            }
            byte[] content = sftp.read(file.sftp(), MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw refused("file " + path + " on host " + host + " is larger than " + MAX_BYTES + " bytes");
            }
            return Optional.of(content);
        } catch (IOException e) {
            throw failed("read", file, e, "it was not read");
        }
    }

    void write(String path, byte[] content) {
        HostPath file = HostPath.of(host, path);
        put(file, () -> new ByteArrayInputStream(content), content.length, sum(content), bytes -> {});
    }

    void upload(Path local, String path) {
        HostPath file = HostPath.of(host, path);
        long size;
        String sum;
        try {
            size = Files.size(local);
            sum = sum(local);
        } catch (IOException e) {
            throw GdsDatabaseException.user(CODE)
                    .message("cannot read " + local + " of this machine: "
                            + e.getClass().getSimpleName() + ", " + e.getMessage() + ".")
                    .remedy("check that the file is there and open to the user of this process.")
                    .cause(e)
                    .build();
        }
        put(file, () -> Files.newInputStream(local), size, sum, new UploadLog(host, file, size, System::nanoTime));
    }

    /** Writes beside the file, compares, then renames over it: readers see the old content or the new. */
    private void put(HostPath file, Source source, long size, String sum, Sftp.Progress progress) {
        HostPath part = file.beside(UUID.randomUUID().toString().substring(0, 8) + ".part");
        boolean named = false;
        boolean naming = false;
        try (Sftp sftp = Sftp.open(host, connections)) {
            sftp.folder(HostPath.folder(file.sftp()));
            try (InputStream content = source.open()) {
                sftp.write(part.sftp(), content, progress);
            }
            compare(sftp, file, part, size, sum);
            naming = true;
            sftp.rename(part.sftp(), file.sftp());
            named = true;
        } catch (IOException e) {
            throw failed("write", file, e, naming ? "whether it was written is not known" : "it was left as it was");
        } finally {
            if (!named) {
                tidy(part);
            }
        }
    }

    /** A small file is read again; a large one is not worth to be sent twice, and the host says what it holds. */
    private void compare(Sftp sftp, HostPath file, HostPath part, long size, String sum) throws IOException {
        String found = size <= MAX_BYTES ? sum(sftp.read(part.sftp(), MAX_BYTES + 1)) : sumByHost(part, size);
        if (!found.equals(sum)) {
            throw GdsDatabaseException.environment("GDS-SSH-CHECKSUM")
                    .message("file " + file.windows() + " for host " + host + ": sent SHA-256 " + sum + ", received "
                            + found + "; the file was left as it was.")
                    .remedy("see that nobody changes the file while it is sent, then send it again.")
                    .retryable()
                    .build();
        }
    }

    private String sumByHost(HostPath part, long size) {
        Command asks = HostProgram.of("hash")
                .with("path", part.windows())
                .command()
                .timeout(Commands.SOON.plusSeconds(size / SLOWEST_BYTES_PER_SECOND));
        return commands.apply(asks).orElseThrow().output().strip().toLowerCase(Locale.ROOT);
    }

    /** Whatever kept it from its name may keep us from this, too; it has a name that nobody else looks for. */
    private void tidy(HostPath part) {
        try (Sftp sftp = Sftp.open(host, connections)) {
            sftp.remove(part.sftp());
        } catch (IOException | GdsDatabaseException e) {
            return; // it was not there yet, or stays
        }
    }

    private GdsDatabaseException failed(String verb, HostPath file, IOException e, String state) {
        if (Thread.currentThread().isInterrupted()) {
            return Failures.interrupted(verb + " of " + file.windows() + " on host " + host, state + ".", e);
        }
        if (e instanceof SFTPException said && said.getStatusCode() != StatusCode.UNKNOWN) {
            return GdsDatabaseException.environment(CODE)
                    .message("cannot " + verb + " " + file.windows() + " on host " + host + ": " + said.getStatusCode()
                            + ", " + said.getMessage() + ".")
                    .remedy("check that the account may do this there, that the drive has room, and that nobody has the"
                            + " file open.")
                    .cause(e)
                    .build();
        }
        return GdsDatabaseException.environment("GDS-SSH-LOST")
                .message("the connection to host " + host + " broke at file " + file.windows() + ": "
                        + Failures.reason(e) + "; " + state + ".")
                .remedy("look at the host before doing it again.")
                .cause(e)
                .build();
    }

    private static GdsDatabaseException refused(String what) {
        return GdsDatabaseException.user(CODE)
                .message(what + ".")
                .remedy("read it with a command that picks the part you need.")
                .build();
    }

    private static String sum(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    private static String sum(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
