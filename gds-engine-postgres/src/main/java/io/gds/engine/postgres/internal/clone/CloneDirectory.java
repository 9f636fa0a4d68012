package io.gds.engine.postgres.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.engine.postgres.internal.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One clone's directory and what is written in it about the clone. The note is written first, so that whatever dies later
 * can be swept; it holds references to secrets only.
 */
record CloneDirectory(Path path, String cluster, String id) {
    private static final String NOTE = "clone.json";

    static String prefix(String cluster) {
        return "gds-clone-" + cluster.replaceAll("[^A-Za-z0-9_-]", "_") + "-";
    }

    static CloneDirectory of(Path parent, String cluster, String id) {
        return new CloneDirectory(parent.resolve(prefix(cluster) + id), cluster, id);
    }

    static List<String> ids(Path parent, String cluster) {
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

    Path data() {
        return path.resolve("data");
    }

    Path link() {
        return path.resolve("current");
    }

    Path log() {
        return path.resolve("server.log");
    }

    void create(Params note) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            // the server's account must get through; what is inside is closed by itself
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Files.writeString(path.resolve(NOTE), note.toJson());
        } catch (IOException e) {
            throw failed("created", path, e);
        }
    }

    Optional<Params> note() {
        Path file = path.resolve(NOTE);
        try {
            return Files.exists(file)
                    ? Optional.of(Params.of(JsonReader.object(Files.readString(file, StandardCharsets.UTF_8))))
                    : Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Gives everything to the account that runs servers; only a process of root ever needs to. */
    void giveTo(String user) {
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

    /** Removes everything; only ever called on a directory with our prefix. */
    void remove() {
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
