package io.gds.samples.quickstart;

import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a real three-node PostgreSQL cluster, puts a write load on it, rehearses the patch on a clone, patches with a
 * canary, and proves that no acknowledged write was lost. The last line on standard output is one JSON object.
 *
 * <p>Arguments: {@code --chaos SEED} kills the orchestrating process at random points and resumes it from another one;
 * {@code --members N}; {@code --synchronous} makes commits wait for a standby; {@code --out DIR} for journal and report.
 */
public final class Quickstart {
    static final String FROM = "17.9";
    static final String TO = "17.11";

    private Quickstart() {}

    /** Runs the sample; the exit code is 0 only when the patch succeeded and nothing was lost. */
    public static void main(String[] args) throws Exception {
        Arguments a = Arguments.parse(List.of(args));
        int exit = a.orchestrates() ? Orchestration.run(a) : demonstrate(a);
        System.exit(exit);
    }

    private static int demonstrate(Arguments a) throws Exception {
        clean(a.out()); // each demonstration starts a cluster of its own, so with a journal of its own
        EmbeddedCluster.sweep();
        Terminal.say("starting " + a.members() + " PostgreSQL servers, version " + FROM + " ...");
        var builder = EmbeddedCluster.builder(PostgresBinaries.find())
                .version(FROM)
                .alsoInstalled(TO)
                .members(a.members())
                .name("orders");
        if (a.synchronous()) {
            builder.synchronousStandbyNames("ANY 1 (n2, n3)");
        }
        try (EmbeddedCluster cluster = builder.start()) {
            Path spec = a.out().resolve("orders.yaml");
            cluster.writeSpec(spec);
            try (WriteLoad load = WriteLoad.start(cluster)) {
                Arguments child = a.orchestrating(spec);
                int code = a.chaos().isPresent()
                        ? new Chaos(child, a.chaos().getAsLong()).run()
                        : Orchestration.run(child);
                load.count();
                Terminal.say(load.summary());
                int result = ResultLine.print(child);
                return code == 0 && load.lost() == 0 ? result : 1;
            }
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
