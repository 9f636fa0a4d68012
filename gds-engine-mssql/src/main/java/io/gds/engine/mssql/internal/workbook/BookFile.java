package io.gds.engine.mssql.internal.workbook;

import io.gds.database.error.GdsDatabaseException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/** A file with a workbook: it is there whole or not at all, and one that was there stays until then. */
public final class BookFile {
    private static final String PROGRAM = "gds-database";

    private BookFile() {}

    /** What is in a workbook. */
    @FunctionalInterface
    public interface Content {
        /** Writes at least one sheet. */
        void write(Workbook book) throws IOException;
    }

    /**
     * Writes a workbook. What the content throws besides {@link IOException} reaches the caller, and then no file is left.
     *
     * @throws GdsDatabaseException with code {@code GDS-REPORT-WRITE} when the file cannot be written
     */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw unwritable(target, "it is a directory", "name a file.", null);
        }
        @Nullable Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw unwritable(
                    target, "there is no directory " + parent, "make the directory, or name one that exists.", null);
        }
        try {
            // Not createTempFile: its files are for the owner only, and the workbook keeps the mode of its temporary.
            Path part = target.resolveSibling(".report-" + UUID.randomUUID() + ".tmp");
            try {
                writePart(part, content);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unwritable(
                    target,
                    e.toString(),
                    "close the file where it is open, and see to it that its directory may be written and has room.",
                    e);
        }
    }

    private static void writePart(Path part, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            // Not closed when something goes wrong: to close it is to complete it.
            Workbook book = new Workbook(out, PROGRAM, null);
            content.write(book);
            book.finish();
            out.flush();
            channel.force(true);
        }
    }

    private static GdsDatabaseException unwritable(Path file, String why, String remedy, @Nullable Throwable cause) {
        return GdsDatabaseException.environment("GDS-REPORT-WRITE")
                .message("the workbook could not be written to " + file + ": " + why + ".")
                .remedy(remedy)
                .cause(cause)
                .build();
    }
}
