package io.gds.samples.benchmarks.patroni;

import io.gds.samples.benchmarks.Figure;
import io.gds.samples.benchmarks.Selection;
import io.gds.testbed.Bed;
import io.gds.testbed.BedOptions;
import io.gds.testbed.Edition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures series named on the command line, each {@code NAME} or {@code NAME=REPETITIONS}; all of them when none is named. Needs what
 * the test bed needs (testbed/README.md), and psql, jq and curl. Exits with 1 when a requirement is not met, unless
 * {@code --report-only} is given.
 */
public final class PatroniBenchmarks {
    private static final int REPETITIONS = 3;

    /** Some figures that are measured on one bed. */
    private interface Measurement {
        List<Figure> measure(Series series) throws IOException, InterruptedException, SQLException;
    }

    private record Named(BedOptions options, Measurement measurement) {}

    private static final BedOptions ASYNCHRONOUS =
            BedOptions.of(Edition.BOOKWORM).patroniDefaults();
    private static final Map<String, Named> ALL = new LinkedHashMap<>();

    static {
        ALL.put("switchover", new Named(ASYNCHRONOUS, Series::switchover));
        ALL.put("restart", new Named(ASYNCHRONOUS, Series::restart));
        ALL.put("strict", new Named(ASYNCHRONOUS.sync(BedOptions.SyncMode.STRICT), Series::strict));
        ALL.put("pgbouncer", new Named(ASYNCHRONOUS, Series::pgbouncer));
        ALL.put("ansible", new Named(ASYNCHRONOUS, Series::ansible));
    }

    private PatroniBenchmarks() {}

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        Selection selection = Selection.of(args, ALL.keySet(), REPETITIONS);
        List<Figure> table = new ArrayList<>();
        for (Map.Entry<String, Integer> w : selection.repetitions().entrySet()) {
            Named series = ALL.get(w.getKey());
            if (series != null) {
                System.out.println("== " + w.getKey() + ", " + w.getValue() + " repetitions");
                table.addAll(measured(series, w.getKey(), w.getValue()));
            }
        }
        System.exit(selection.concluded(table));
    }

    private static List<Figure> measured(Named series, String name, int repetitions) throws Exception {
        Path dir = Files.createDirectories(Path.of("target", "benchmarks", "patroni", name));
        try (Bed bed = Bed.start(series.options())) {
            System.out.println("details in " + dir.toAbsolutePath() + "; " + bed + ", " + bed.oldMinor() + " to "
                    + bed.newMinor());
            return series.measurement().measure(new Series(bed, dir, repetitions));
        }
    }
}
