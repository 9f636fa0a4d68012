package io.gds.samples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a real three-node cluster, puts a write load on it, rehearses the patch on a clone, patches with a canary, and proves
 * that no acknowledged write was lost. The last line on standard output is one JSON object.
 *
 * <p>Arguments: {@code --engine mongo} patches a MongoDB replica set instead of a PostgreSQL cluster; {@code --chaos SEED} kills
 * the orchestrating process at random points and resumes it from another one; {@code --members N}; {@code --synchronous} makes
 * PostgreSQL's commits wait for a standby; {@code --out DIR} for journal and report.
 */
public final class Quickstart {
    static final String FROM = "17.9";
    static final String TO = "17.11";

    private Quickstart() {}

    /**
     * Runs the sample; the exit code is 0 only when the patch succeeded and nothing was lost, or when there was nothing to
     * patch to, and 2 when arguments or surroundings have to be changed first.
     */
    public static void main(String[] args) throws Exception {
        int exit;
        try {
            Arguments a = Arguments.parse(List.of(args));
            exit = a.orchestrates() ? Orchestration.run(a) : demonstrate(a);
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            exit = UsageException.EXIT_CODE;
        }
        System.exit(exit);
    }

    private static int demonstrate(Arguments a) throws Exception {
        clean(a.out()); // each demonstration starts a cluster of its own, so with a journal of its own
        return switch (a.engine()) {
            case POSTGRES -> patchPostgres(a, new Versions(FROM, TO));
            case MONGO -> patchMongo(a, MongodChoice.find(a.out()));
        };
    }

    private static int patchPostgres(Arguments a, Versions versions) throws Exception {
        try (SampleCluster cluster = PostgresCluster.start(a, versions)) {
            return Demonstration.run(a, versions, cluster);
        }
    }

    private static int patchMongo(Arguments a, MongodChoice choice) throws Exception {
        Versions versions = choice.versions();
        try (SampleCluster cluster = MongoCluster.start(a, choice.binaries(), versions)) {
            return choice.isPatch() ? Demonstration.run(a, versions, cluster) : Survey.run(a, versions.from(), cluster);
        }
    }

    private static void clean(Path out) throws IOException {
        if (Files.exists(out)) {
            try (Stream<Path> all = Files.walk(out)) {
                for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(p);
                }
            }
        }
        Files.createDirectories(out);
    }
}
