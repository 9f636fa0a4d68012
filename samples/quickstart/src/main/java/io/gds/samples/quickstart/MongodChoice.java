package io.gds.samples.quickstart;

import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.ReplicaSetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to patch from and to, of what is there.
 *
 * @param binaries where the versions are
 * @param versions the two newest patch releases of the newest series that has two; the newest version twice where none has
 */
record MongodChoice(MongodBinaries binaries, Versions versions) {
    /** What it takes to see a patch. */
    static final String WANTED = "For a patch, " + MongodBinaries.HOME_VARIABLE
            + " must name a directory with two patch releases of one series, each at VERSION/bin/mongod:"
            + " 6.0.5/bin/mongod and 6.0.27/bin/mongod, for example.";

    /**
     * Looks in {@code GDS_MONGOD_HOME}, then on PATH.
     *
     * @throws UsageException when there is nothing to be had
     */
    static MongodChoice find(Path out) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return named().or(() -> MongodOnPath.find(path, out.resolve("mongod")))
                .map(b -> new MongodChoice(b, choose(b.versions())))
                .orElseThrow(() -> new UsageException("no mongod: " + MongodBinaries.HOME_VARIABLE
                        + " is not set, and there is none on PATH. " + WANTED));
    }

    private static Optional<MongodBinaries> named() {
        try {
            return MongodBinaries.named();
        } catch (ReplicaSetException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Of all versions, lowest first. */
    static Versions choose(List<String> versions) {
        for (int i = versions.size() - 1; i > 0; i--) {
            String newer = versions.get(i);
            String older = versions.get(i - 1);
            if (series(older).equals(series(newer))) {
                return new Versions(older, newer);
            }
        }
        String newest = versions.get(versions.size() - 1);
        return new Versions(newest, newest);
    }

    private static String series(String version) {
        return version.substring(0, version.lastIndexOf('.'));
    }

    boolean isPatch() {
        return !versions.from().equals(versions.to());
    }
}
