package io.gds.engine.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory of a test's own, gone with all that is in it when closed. */
public final class Scratch implements AutoCloseable {
    private final Path directory;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /** Makes a directory whose name begins like this. */
    public static Scratch of(String prefix) {
        try {
            return new Scratch(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory. */
    public Path path() {
        return directory;
    }

    /** A path in it. */
    public Path resolve(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
