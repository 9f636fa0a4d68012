package io.gds.samples.benchmarks;

import io.gds.database.plan.ProbeSettings;
import io.gds.samples.embedded.EmbeddedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The longest write gap of a whole patch, by the library and by the bare sequence, each on a fresh cluster. */
final class WriteGap {
    private static final double REQUIRED = 1.25;
    private static final double REQUIRED_SYNCHRONOUS = 0.6;

    private final boolean synchronous;
    private final String name;

    WriteGap(boolean synchronous) {
        this.synchronous = synchronous;
        this.name = synchronous ? "write-gap-sync" : "write-gap";
    }

    List<Figure> measure(int repetitions) throws IOException, SQLException, InterruptedException {
        Samples ours = new Samples(name + " ours, ms");
        Samples bare = new Samples(name + " bare script, ms");
        Path dir = Bed.directory(name);
        for (int i = 0; i < repetitions; i++) {
            ours.add(library(Bed.directory(name + "/" + i), dir.resolve("run-" + i + ".txt")));
            bare.add(script());
        }
        ours.print(bare);
        Samples own = new Samples(name + " by our own probe, ms");
        try (EmbeddedCluster cluster = Bed.cluster(synchronous);
                LibraryPatch patch = new LibraryPatch(
                        cluster,
                        Bed.directory(name + "/own"),
                        ProbeSettings.defaults().every(Duration.ofMillis(10)),
                        Duration.ZERO)) {
            patch.run(dir.resolve("run-own.txt"));
            own.add(patch.ownGap());
        }
        return List.of(
                Figure.atMost(name, "ms", ours, bare, synchronous ? REQUIRED_SYNCHRONOUS : REQUIRED),
                Figure.told(name + ", own probe", Samples.number(own.median()) + " ms"));
    }

    private double library(Path dir, Path details) throws IOException, SQLException, InterruptedException {
        try (EmbeddedCluster cluster = Bed.cluster(synchronous);
                LibraryPatch patch = new LibraryPatch(cluster, dir, ProbeSettings.off(), Duration.ZERO);
                GapProbe probe = GapProbe.start(cluster)) {
            patch.run(details);
            return probe.stop();
        }
    }

    private double script() throws IOException, SQLException, InterruptedException {
        try (EmbeddedCluster cluster = Bed.cluster(synchronous);
                PlainScript script =
                        new PlainScript(cluster, Bed.TO, new PlainScript.Style(false, false, synchronous));
                GapProbe probe = GapProbe.start(cluster)) {
            script.run();
            return probe.stop();
        }
    }
}
