package io.gds.samples.benchmarks;

import io.gds.samples.benchmarks.mongo.SetFigures;
import io.gds.samples.embedded.EmbeddedCluster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures figures named on the command line, each {@code NAME} or {@code NAME=REPETITIONS}; all of them when none is
 * named. Exits with 1 when a requirement is not met, unless {@code --report-only} is given.
 */
public final class Benchmarks {
    private static final int REPETITIONS = 5;

    /** One figure, or a few that belong together. */
    interface Measurement {
        List<Figure> measure(int repetitions) throws Exception;
    }

    private static final Map<String, Measurement> ALL = new LinkedHashMap<>();

    static {
        ALL.put("write-gap", n -> new WriteGap(false).measure(n));
        ALL.put("write-gap-sync", n -> new WriteGap(true).measure(n));
        ALL.put("wall-time", n -> new WallTime().measure(n));
        ALL.put("journal", n -> new JournalRate().measure(n));
        ALL.put("waiting-runs", n -> new WaitingRuns().measure(n));
        ALL.put("api-deps", n -> new ApiDependencies().measure());
        ALL.put("open-to-plan", n -> new OpenToPlan().measure(n));
        ALL.put("mongo-3", n -> new SetFigures(3, Bed.directory("mongo-3")).measure(n));
        ALL.put("mongo-5", n -> new SetFigures(5, Bed.directory("mongo-5")).measure(n));
    }

    private Benchmarks() {}

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        Selection selection = Selection.of(args, ALL.keySet(), REPETITIONS);
        EmbeddedCluster.sweep();
        List<Figure> table = new ArrayList<>();
        for (Map.Entry<String, Integer> w : selection.repetitions().entrySet()) {
            Measurement m = ALL.get(w.getKey());
            if (m != null) {
                System.out.println("== " + w.getKey() + ", " + w.getValue() + " repetitions");
                table.addAll(m.measure(w.getValue()));
            }
        }
        System.exit(selection.concluded(table));
    }
}
