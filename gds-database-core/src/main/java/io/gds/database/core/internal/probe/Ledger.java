package io.gds.database.core.internal.probe;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What a probing process knows of its writes, one line each, in a file that outlives the process. A line is in the
 * operating system's hands before the next write begins, so that killing the process forgets nothing; once a second it is
 * forced to the disk.
 */
final class Ledger implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private Ledger(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Starts the ledger of one process for a run; the name sorts by epoch. */
    static Ledger start(Path directory, long epoch) {
        Path file = directory.resolve(String.format(java.util.Locale.ROOT, "%06d.ledger", epoch));
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new Ledger(file, channel);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Appends a line; the whole line or, when the process dies in the middle, a torn last one that readers drop. */
    synchronized void line(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.force(false);
            channel.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static GdsDatabaseException failed(Path file, IOException e) {
        return GdsDatabaseException.environment("GDS-LEDGER")
                .message("the ledger " + file + " cannot be written: " + e)
                .remedy("check disk space and permissions beside the journal.")
                .cause(e)
                .build();
    }
}
