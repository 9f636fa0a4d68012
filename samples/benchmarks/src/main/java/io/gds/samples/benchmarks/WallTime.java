package io.gds.samples.benchmarks;

import io.gds.database.plan.ProbeSettings;
import io.gds.samples.embedded.EmbeddedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How long a patch takes, by the library and by a script with the same gates, each on a fresh cluster. */
final class WallTime {
    private static final double REQUIRED = 1.15;

    List<Figure> measure(int repetitions) throws IOException, SQLException, InterruptedException {
        Samples ours = new Samples("wall-time ours, ms");
        Samples script = new Samples("wall-time script, ms");
        Path dir = Bed.directory("wall-time");
        for (int i = 0; i < repetitions; i++) {
            try (EmbeddedCluster cluster = Bed.cluster(false);
                    LibraryPatch patch = new LibraryPatch(
                            cluster, Bed.directory("wall-time/" + i), ProbeSettings.off(), Duration.ofSeconds(1))) {
                ours.add(patch.run(dir.resolve("run-" + i + ".txt")));
            }
            try (EmbeddedCluster cluster = Bed.cluster(false);
                    PlainScript plain = new PlainScript(cluster, Bed.TO, new PlainScript.Style(true, true, false))) {
                long start = System.nanoTime();
                plain.run();
                script.add(Bed.millis(System.nanoTime() - start));
            }
        }
        ours.print(script);
        return List.of(Figure.atMost("wall-time", "ms", ours, script, REQUIRED));
    }
}
