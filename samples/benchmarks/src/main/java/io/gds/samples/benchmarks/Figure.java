package io.gds.samples.benchmarks;

import java.util.List;

/**
 * What was measured, as a line of the table.
 *
 * @param name what
 * @param ours the library's figure with its unit
 * @param baseline what it is compared with
 * @param ratio ours to the baseline, or the figure that the requirement is about
 * @param required the requirement
 * @param ok whether it is met
 */
public record Figure(String name, String ours, String baseline, String ratio, String required, boolean ok) {
    /** Ours divided by the baseline may be so much at most. */
    public static Figure atMost(String name, String unit, Samples ours, Samples baseline, double limit) {
        return of(name, unit, ours, baseline, "<= " + Samples.number(limit), ours.over(baseline) <= limit);
    }

    /** Ours divided by the baseline must be so much at least. */
    public static Figure atLeast(String name, String unit, Samples ours, Samples baseline, double limit) {
        return of(name, unit, ours, baseline, ">= " + Samples.number(limit), ours.over(baseline) >= limit);
    }

    private static Figure of(String name, String unit, Samples ours, Samples baseline, String required, boolean ok) {
        return new Figure(
                name,
                Samples.number(ours.median()) + " " + unit,
                Samples.number(baseline.median()) + " " + unit,
                Samples.number(ours.over(baseline)),
                required,
                ok);
    }

    /** A figure with a limit of its own and nothing to compare it with. */
    public static Figure bound(String name, String unit, double value, double limit) {
        return new Figure(
                name,
                Samples.number(value) + " " + unit,
                "-",
                "-",
                "<= " + Samples.number(limit) + " " + unit,
                value <= limit);
    }

    /** A figure that nothing is required of. */
    public static Figure told(String name, String value) {
        return new Figure(name, value, "-", "-", "-", true);
    }

    public static void print(List<Figure> all) {
        String line = "%-34s | %14s | %14s | %6s | %12s | %s%n";
        System.out.printf(java.util.Locale.ROOT, line, "figure", "ours", "baseline", "ratio", "required", "ok");
        for (Figure f : all) {
            System.out.printf(
                    java.util.Locale.ROOT,
                    line,
                    f.name(),
                    f.ours(),
                    f.baseline(),
                    f.ratio(),
                    f.required(),
                    f.required().equals("-") ? "" : f.ok() ? "yes" : "NO");
        }
    }
}
