package io.gds.samples.quickstart;

import java.nio.file.Path;

/** The main job on a running cluster of any engine: a load, the patch, what became of the writes, one line of JSON. */
final class Demonstration {
    private Demonstration() {}

    static int run(Arguments a, Versions versions, SampleCluster cluster) throws Exception {
        Path spec = a.out().resolve("orders.yaml");
        cluster.writeSpec(spec);
        try (WriteLoad load = WriteLoad.start(cluster)) {
            Arguments child = a.orchestrating(new Task(spec, versions.to()));
            int code = a.chaos().isPresent() ? new Chaos(child, a.chaos().getAsLong()).run() : Orchestration.run(child);
            load.count();
            Terminal.say(load.summary());
            int result = ResultLine.print(child, versions);
            return code == 0 && load.lost() == 0 ? result : 1;
        }
    }
}
