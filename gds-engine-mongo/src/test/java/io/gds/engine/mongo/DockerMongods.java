package io.gds.engine.mongo;

import io.gds.samples.mongo.MongodSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * {@code mongod} of the official images, where Docker answers: copied out of them once with the libraries that it needs besides
 * glibc, and run on this host, since the suites stop, pause and replace servers by their processes.
 */
public final class DockerMongods implements MongodSource {
    private static final List<String> VERSIONS = List.of("4.4.2", "5.0.4", "6.0.5", "6.0.27");
    private static final String MONGOD = "/usr/bin/mongod";
    /** A line of {@code ldd}: the path of a library. */
    private static final Pattern LIBRARY = Pattern.compile("=> (/\\S+/([^/\\s]+)) ");
    /** Of glibc, which must be this host's. */
    private static final Pattern OF_GLIBC = Pattern.compile("(libc|libm|libpthread|libdl|librt|libresolv)\\.so\\..*");

    private final Path home;

    /** In a directory of this user that outlives the build. */
    public DockerMongods() {
        this(Path.of(System.getProperty("user.home"), ".cache", "gds-mongod"));
    }

    DockerMongods(Path home) {
        this.home = home;
    }

    @Override
    public Optional<Path> home() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        try {
            for (String version : VERSIONS) {
                if (!Files.isExecutable(home.resolve(version).resolve("bin/mongod"))) {
                    copy(version);
                }
            }
            return Optional.of(home);
        } catch (RuntimeException e) {
            System.out.println("Docker answers and gives no mongod: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void copy(String version) {
        try (GenericContainer<?> image =
                new GenericContainer<>(DockerImageName.parse("mongo:" + version)).withCommand("sleep", "600")) {
            image.start();
            lay(
                    home.resolve(version),
                    image.execInContainer("ldd", MONGOD).getStdout(),
                    (inside, here) -> image.copyFileFromContainer(inside, here.toString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("mongod " + version + " was not copied out of its image", e);
        }
    }

    /** Copies one file. */
    interface Copying {
        void copy(String inside, Path here) throws IOException, InterruptedException;
    }

    /** The starter comes last, so that a copy which was broken off is made again. */
    static void lay(Path version, String libraries, Copying files) throws IOException, InterruptedException {
        Path lib = Files.createDirectories(version.resolve("lib"));
        Matcher m = LIBRARY.matcher(libraries);
        while (m.find()) {
            if (!OF_GLIBC.matcher(m.group(2)).matches()) {
                files.copy(m.group(1), lib.resolve(m.group(2)));
            }
        }
        Path program = Files.createDirectories(version.resolve("libexec")).resolve("mongod");
        files.copy(MONGOD, program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path starter = Files.createDirectories(version.resolve("bin")).resolve("mongod");
        Path draft = version.resolve("starter");
        Files.writeString(
                draft,
                """
                #!/bin/sh
                d=$(dirname "$(dirname "$(readlink -f "$0")")")
                LD_LIBRARY_PATH="$d/lib" exec "$d/libexec/mongod" "$@"
                """);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(draft, starter);
    }
}
