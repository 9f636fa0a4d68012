package io.gds.samples.benchmarks;

import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where things are measured: fresh clusters, and a directory on a real disk. */
final class Bed {
    static final String FROM = "17.9";
    static final String TO = "17.11";

    private Bed() {}

    /** Three members, n1 primary. */
    static EmbeddedCluster cluster(boolean synchronous) {
        var builder = EmbeddedCluster.builder(PostgresBinaries.find())
                .version(FROM)
                .alsoInstalled(TO)
                .members(3)
                .name("orders");
        if (synchronous) {
            builder.synchronousStandbyNames("ANY 1 (n2, n3)");
        }
        return builder.start();
    }

    /** A new empty directory below {@code target}. */
    static Path directory(String name) throws IOException {
        Path root = Files.createDirectories(Path.of("target", "benchmarks").toAbsolutePath());
        Path dir = root.resolve(name);
        remove(dir);
        return Files.createDirectories(dir);
    }

    static void remove(Path dir) throws IOException {
        if (Files.exists(dir)) {
            try (Stream<Path> all = Files.walk(dir)) {
                for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(p);
                }
            }
        }
    }

    static double millis(long nanos) {
        return nanos / 1e6;
    }
}
