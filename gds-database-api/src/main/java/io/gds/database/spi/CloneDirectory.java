package io.gds.database.spi;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of a clone on the host of this process, and what is written in it about the clone. The note is written first, so
 * that whatever dies later can be swept; it holds references to secrets only. Immutable; its methods throw with code
 * {@code GDS-CLONE-DIRECTORY} when the file system refuses.
 *
 * @param path the directory
 * @param cluster the cluster that is cloned
 * @param id the clone's name
 */
public record CloneDirectory(Path path, String cluster, String id) {
    private static final String NOTE = "clone.json";

    private static String prefix(String cluster) {
        return "gds-clone-" + cluster.replaceAll("[^A-Za-z0-9_-]", "_") + "-";
    }

    /** The directory that a clone has, there or not. */
    public static CloneDirectory of(Path parent, String cluster, String id) {
        return new CloneDirectory(parent.resolve(prefix(cluster) + id), cluster, id);
    }

    /** The names of all clones of a cluster below a directory. */
    public static List<String> ids(Path parent, String cluster) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        String prefix = prefix(cluster);
        try (Stream<Path> all = Files.list(parent)) {
            List<String> out = new ArrayList<>();
            all.map(p -> p.getFileName().toString())
                    .filter(n -> n.startsWith(prefix))
                    .sorted()
                    .forEach(n -> out.add(n.substring(prefix.length())));
            return out;
        } catch (IOException e) {
            throw failed("listed", parent, e);
        }
    }

    /** Where its data is. */
    public Path data() {
        return path.resolve("data");
    }

    /** The link to the version that it runs. */
    public Path link() {
        return path.resolve("current");
    }

    /** The server's log. */
    public Path log() {
        return path.resolve("server.log");
    }

    /**
     * Makes it, with the note in it.
     *
     * @param permissions such as {@code rwx------}; whoever runs the server must get through
     */
    public void create(Params note, String permissions) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
            write(note);
        } catch (IOException e) {
            throw failed("created", path, e);
        }
    }

    /** Replaces the note, which is there whole before and after. */
    public void write(Params note) {
        Path next = path.resolve(NOTE + ".next");
        try {
            Files.writeString(next, note.toJson());
            Files.move(next, path.resolve(NOTE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("written to", path, e);
        }
    }

    /** The note as JSON; empty when there is none. */
    public Optional<String> note() {
        Path file = path.resolve(NOTE);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    /** Whether it is there. */
    public boolean exists() {
        return Files.exists(path);
    }

    /** Gives everything to the account that runs servers; only a process of root ever needs to. */
    public void giveTo(String user) {
        try (Stream<Path> all = Files.walk(path)) {
            UserPrincipal owner =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
            for (Path p : all.toList()) {
                Files.setOwner(p, owner);
            }
        } catch (IOException e) {
            throw failed("given to " + user, path, e);
        }
    }

    /** Removes everything in it, and it. Idempotent. */
    public void remove() {
        if (!exists()) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            throw failed("removed", path, e);
        }
    }

    private static GdsDatabaseException failed(String what, Path path, IOException e) {
        return GdsDatabaseException.environment("GDS-CLONE-DIRECTORY")
                .message(path + " cannot be " + what + ": " + e)
                .remedy("choose a clone directory on a local disk that this process may write to (clone.directory).")
                .cause(e)
                .build();
    }
}
