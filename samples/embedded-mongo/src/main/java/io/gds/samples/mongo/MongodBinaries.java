package io.gds.samples.mongo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The {@code mongod} versions of a directory, each at {@code VERSION/bin/mongod}. Immutable. */
public final class MongodBinaries {
    /** The environment variable that names the directory. */
    public static final String HOME_VARIABLE = "GDS_MONGOD_HOME";

    private static final Comparator<String> BY_NUMBER = Comparator.comparing(v -> Stream.of(v.split("\\.", -1))
            .map(n -> "%05d".formatted(Integer.parseInt(n)))
            .reduce("", String::concat));

    private final Path home;
    private final List<String> versions;

    private MongodBinaries(Path home, List<String> versions) {
        this.home = home;
        this.versions = versions;
    }

    /**
     * The versions in this directory.
     *
     * @throws ReplicaSetException when there is none
     */
    public static MongodBinaries in(Path home) {
        try (Stream<Path> all = Files.isDirectory(home) ? Files.list(home) : Stream.empty()) {
            List<String> found = all.filter(d -> Files.isExecutable(d.resolve("bin/mongod")))
                    .map(d -> String.valueOf(d.getFileName()))
                    .filter(v -> v.matches("\\d+\\.\\d+\\.\\d+"))
                    .sorted(BY_NUMBER)
                    .toList();
            if (found.isEmpty()) {
                throw new ReplicaSetException(
                        "no VERSION/bin/mongod in " + home + "; name another directory by " + HOME_VARIABLE);
            }
            return new MongodBinaries(home.toRealPath(), found);
        } catch (IOException e) {
            throw new ReplicaSetException("cannot list " + home + ": " + e.getMessage(), e);
        }
    }

    /**
     * The versions below {@code GDS_MONGOD_HOME}.
     *
     * @return empty when it is not set
     * @throws ReplicaSetException when there is none
     */
    public static Optional<MongodBinaries> named() {
        return Optional.ofNullable(System.getenv(HOME_VARIABLE))
                .filter(n -> !n.isBlank())
                .map(n -> in(Path.of(n)));
    }

    /**
     * For tests: the versions below {@code GDS_MONGOD_HOME}; where that is not set, those that a script {@code mongodb/unpack} in a
     * directory {@code shared} beside the project unpacks; else those of the first {@link MongodSource} that has some.
     *
     * @return empty when there is none of these
     * @throws ReplicaSetException when there is one and it does not do
     */
    public static Optional<MongodBinaries> find() {
        Optional<MongodBinaries> named = named();
        if (named.isPresent()) {
            return named;
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path script = at.resolve("shared/mongodb/unpack");
            if (Files.isExecutable(script)) {
                return Optional.of(unpacked(script));
            }
        }
        return ServiceLoader.load(MongodSource.class).stream()
                .flatMap(s -> s.get().home().stream())
                .findFirst()
                .map(MongodBinaries::in);
    }

    private static MongodBinaries unpacked(Path script) {
        try {
            Process process = new ProcessBuilder(script.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.onExit().join().exitValue() != 0) {
                throw new ReplicaSetException(script + " failed: " + said);
            }
            Path one = Path.of(said.lines().reduce("", (a, b) -> b));
            return in(one.resolve("../../..").normalize());
        } catch (IOException e) {
            throw new ReplicaSetException("cannot run " + script + ": " + e.getMessage(), e);
        }
    }

    /** All versions, lowest first. */
    public List<String> versions() {
        return versions;
    }

    /** The directory of a version. */
    public Path home(String version) {
        if (!versions.contains(version)) {
            throw new ReplicaSetException("mongod " + version + " is not in " + home + ", which has " + versions);
        }
        return home.resolve(version);
    }
}
