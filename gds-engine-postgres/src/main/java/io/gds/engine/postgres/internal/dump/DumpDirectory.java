package io.gds.engine.postgres.internal.dump;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The directory of one backup. */
final class DumpDirectory {
    private final Path path;

    DumpDirectory(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Refuses a directory that holds anything. Makes nothing yet. */
    void requireEmpty() {
        try {
            if (!Files.exists(path)) {
                return;
            }
            try (Stream<Path> entries = Files.list(path)) {
                if (entries.findAny().isPresent()) {
                    throw GdsDatabaseException.user("GDS-BACKUP-DIRECTORY")
                            .message("directory " + path + " is not empty.")
                            .remedy("name an empty or absent directory.")
                            .build();
                }
            }
        } catch (IOException e) {
            throw failed("look into", e);
        }
    }

    void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw failed("make", e);
        }
    }

    void write(String name, String text) {
        try {
            Path partial = path.resolve(name + ".partial");
            Files.writeString(partial, text, StandardCharsets.UTF_8);
            Files.move(partial, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("write to", e);
        }
    }

    OutputStream open(String name) throws IOException {
        return Files.newOutputStream(path.resolve(name));
    }

    String read(String name) {
        try {
            return Files.readString(path.resolve(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw failed("read " + name + " of", e);
        }
    }

    /** The manifest; refuses a directory without one. */
    Manifest manifest() {
        if (!Files.isRegularFile(file(Manifest.FILE))) {
            throw GdsDatabaseException.user("GDS-BACKUP-DAMAGED")
                    .message(path + " has no " + Manifest.FILE + ": it is no backup, or one that was cut short.")
                    .remedy("use another backup.")
                    .build();
        }
        return Manifest.parse(read(Manifest.FILE));
    }

    /** Refuses data files that are not as they were written. */
    void requireIntact(Manifest manifest) {
        for (Manifest.Table table : manifest.tables()) {
            Path file = file(table.file());
            boolean inside = file.normalize().startsWith(path.normalize());
            if (!inside || !Files.isRegularFile(file) || !digest(file).equals(table.sha256())) {
                throw GdsDatabaseException.user("GDS-BACKUP-DAMAGED")
                        .message("data file " + table.file() + " of " + path + " is missing or was changed.")
                        .remedy("use another backup.")
                        .build();
            }
        }
    }

    String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = sha256();
            try (DigestInputStream through = new DigestInputStream(in, digest)) {
                through.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    GdsDatabaseException failed(String verb, IOException e) {
        return GdsDatabaseException.environment("GDS-BACKUP-IO")
                .message("cannot " + verb + " " + path + ": " + e + ".")
                .remedy("check the disk and the permissions.")
                .cause(e)
                .build();
    }
}
