package io.gds.samples.benchmarks;

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
    }

    private Benchmarks() {}

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        boolean reportOnly = false;
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (String arg : args) {
            if (arg.equals("--report-only")) {
                reportOnly = true;
            } else if (!arg.isBlank()) {
                int equals = arg.indexOf('=');
                String name = equals < 0 ? arg : arg.substring(0, equals);
                if (!ALL.containsKey(name)) {
                    throw new IllegalArgumentException("unknown figure " + name + "; known: " + ALL.keySet());
                }
                wanted.put(name, equals < 0 ? REPETITIONS : Integer.parseInt(arg.substring(equals + 1)));
            }
        }
        if (wanted.isEmpty()) {
            ALL.keySet().forEach(name -> wanted.put(name, REPETITIONS));
        }
        EmbeddedCluster.sweep();
        List<Figure> table = new ArrayList<>();
        for (Map.Entry<String, Integer> w : wanted.entrySet()) {
            System.out.println("== " + w.getKey() + ", " + w.getValue() + " repetitions");
            Measurement m = ALL.get(w.getKey());
            if (m != null) {
                table.addAll(m.measure(w.getValue()));
            }
        }
        System.out.println();
        Figure.print(table);
        boolean ok = table.stream().allMatch(Figure::ok);
        System.exit(ok || reportOnly ? 0 : 1);
    }
}
