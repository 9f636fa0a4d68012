package io.gds.database.datasource;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The acknowledgement of one instance, beside the announcement. Confined to one thread at a time. */
final class AckFile {
    private static final Logger LOG = LoggerFactory.getLogger(AckFile.class);
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final Path announcement;
    private final Path path;
    private final Path draft;

    AckFile(Path announcement, String instance) {
        this.announcement = announcement;
        this.path = announcement.resolveSibling(announcement.getFileName() + ".ack-" + instance);
        this.draft = announcement.resolveSibling(announcement.getFileName() + ".tmp-" + instance);
    }

    /** Whole or not at all: readers see the former text or this one. */
    void write(HoldState state) throws IOException {
        StringBuilder text = new StringBuilder("phase=" + state.phase() + "\ntoken=" + state.token() + "\n");
        state.numbers()
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        Files.write(draft, text.toString().getBytes(StandardCharsets.UTF_8));
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** By how much a file is older than what was just written, by the clock of the file system that both lie in. */
    Duration olderBy(File other) {
        return Duration.ofMillis(Math.max(0, path.toFile().lastModified() - other.lastModified()));
    }

    /** Removes what instances left that were killed. */
    void sweep() throws IOException {
        Files.write(draft, new byte[0]);
        String name = String.valueOf(announcement.getFileName());
        Path directory = announcement.toAbsolutePath().getParent();
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(directory, p -> isOf(name, String.valueOf(p.getFileName())))) {
            long now = draft.toFile().lastModified();
            for (Path each : beside) {
                if (now - each.toFile().lastModified() > ABANDONED.toMillis()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private static boolean isOf(String announcement, String name) {
        return name.startsWith(announcement + ".ack-") || name.startsWith(announcement + ".tmp-");
    }

    void remove() {
        try {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", path, e.getMessage());
        }
    }
}
