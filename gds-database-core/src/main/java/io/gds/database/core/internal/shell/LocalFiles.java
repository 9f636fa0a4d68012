package io.gds.database.core.internal.shell;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Small files of this host. */
final class LocalFiles {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    private static final String CODE = "GDS-FILE";

    /**
     * Whom a file belongs to.
     *
     * @param uid the user's number
     * @param gid the group's number
     */
    record Owner(int uid, int gid) {}

    private LocalFiles() {}

    static Optional<byte[]> read(String host, String path) {
        try (InputStream in = Files.newInputStream(absolute(host, path))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw GdsDatabaseException.user(CODE)
                        .message("file " + path + " on host " + host + " is larger than " + MAX_BYTES + " bytes.")
                        .remedy("read it with a command that picks the part you need.")
                        .build();
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", host, path, e);
        }
    }

    /**
     * Writes beside the file, then renames over it: readers see the old or the new content, also after a power cut.
     *
     * @param own gives the new file to its owner, before anybody can see it under its name
     */
    static void write(String host, String path, byte[] content, String mode, Optional<Owner> own) {
        Set<PosixFilePermission> permissions = permissions(mode);
        Path target = absolute(host, path);
        Path directory = target.getParent() == null ? target : target.getParent();
        Path temporary = directory.resolve("." + target.getFileName() + ".gds-" + UUID.randomUUID());
        try {
            try {
                fill(temporary, content);
                if (own.isPresent()) {
                    Files.setAttribute(temporary, "unix:gid", own.get().gid(), LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(temporary, "unix:uid", own.get().uid(), LinkOption.NOFOLLOW_LINKS);
                }
                Files.setPosixFilePermissions(temporary, permissions);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                sync(directory);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failed("write", host, path, e);
        }
    }

    private static void fill(Path temporary, byte[] content) throws IOException {
        Set<StandardOpenOption> create = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // Private until it has its owner and mode: the content may be a secret.
        try (FileChannel channel = FileChannel.open(
                temporary,
                create,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Set<PosixFilePermission> permissions(String mode) {
        if (!MODE.matcher(mode).matches()) {
            throw GdsDatabaseException.user(CODE)
                    .message("mode: found \"" + mode + "\", expected three octal digits such as 600.")
                    .remedy("correct the mode.")
                    .build();
        }
        int bits = Integer.parseInt(mode, 8);
        StringBuilder text = new StringBuilder();
        for (int i = 8; i >= 0; i--) {
            text.append((bits >> i & 1) == 0 ? '-' : "rwx".charAt((8 - i) % 3));
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    private static Path absolute(String host, String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw GdsDatabaseException.user(CODE)
                    .message("path on host " + host + ": found \"" + path + "\", expected one that begins with /.")
                    .remedy("write the whole path.")
                    .build();
        }
        return Path.of(path);
    }

    private static GdsDatabaseException failed(String verb, String host, String path, IOException e) {
        return GdsDatabaseException.environment(CODE)
                .message("cannot " + verb + " " + path + " on host " + host + ": "
                        + e.getClass().getSimpleName() + ", " + e.getMessage() + ".")
                .remedy("check that its directory exists, has room and is open to the user of this process.")
                .cause(e)
                .build();
    }
}
