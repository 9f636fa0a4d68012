package io.gds.samples.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a command line asks for: names, each {@code NAME} or {@code NAME=REPETITIONS}, all of them when none is named, and
 * {@code --report-only}.
 *
 * @param repetitions by name, in the order of the command line
 * @param reportOnly whether a requirement that is not met is told and no more
 */
public record Selection(Map<String, Integer> repetitions, boolean reportOnly) {
    private static final String REPORT_ONLY = "--report-only";

    /**
     * Reads a command line.
     *
     * @param known the names there are
     * @param usual the repetitions of a name that states none
     * @throws IllegalArgumentException when a name is unknown, or a number of repetitions is none
     */
    public static Selection of(String[] args, Set<String> known, int usual) {
        boolean reportOnly = false;
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (String arg : args) {
            if (arg.equals(REPORT_ONLY)) {
                reportOnly = true;
            } else if (!arg.isBlank()) {
                int equals = arg.indexOf('=');
                String name = equals < 0 ? arg : arg.substring(0, equals);
                if (!known.contains(name)) {
                    throw new IllegalArgumentException("unknown: " + name + "; known: " + known);
                }
                wanted.put(name, equals < 0 ? usual : Integer.parseInt(arg.substring(equals + 1)));
            }
        }
        if (wanted.isEmpty()) {
            known.forEach(name -> wanted.put(name, usual));
        }
        return new Selection(wanted, reportOnly);
    }

    /** Prints the table; what the program exits with. */
    public int concluded(List<Figure> table) {
        System.out.println();
        Figure.print(table);
        return reportOnly || table.stream().allMatch(Figure::ok) ? 0 : 1;
    }
}
