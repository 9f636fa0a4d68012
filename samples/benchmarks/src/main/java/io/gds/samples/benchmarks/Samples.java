package io.gds.samples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Repetitions of one measurement. Not thread-safe. */
public final class Samples {
    private final String name;
    private final List<Double> raw = new ArrayList<>();

    public Samples(String name) {
        this.name = name;
    }

    public void add(double value) {
        raw.add(value);
        System.out.println("  " + name + ": " + number(value));
    }

    public double median() {
        List<Double> sorted = raw.stream().sorted().toList();
        int n = sorted.size();
        if (n == 0) {
            return Double.NaN;
        }
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }

    public double over(Samples baseline) {
        return median() / baseline.median();
    }

    /** All values with median and maximum, and each pair's ratio when there is something to compare with. */
    public void print(Samples... comparedWith) {
        System.out.println(line());
        for (Samples other : comparedWith) {
            List<String> ratios = new ArrayList<>();
            for (int i = 0; i < Math.min(raw.size(), other.raw.size()); i++) {
                ratios.add(number(raw.get(i) / other.raw.get(i)));
            }
            System.out.println(other.line());
            System.out.println("pairs: " + ratios);
        }
    }

    private String line() {
        double maximum = raw.stream().mapToDouble(r -> r).max().orElse(Double.NaN);
        return "raw " + name + ": " + raw.stream().map(Samples::number).toList() + ", median " + number(median())
                + ", maximum " + number(maximum);
    }

    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "?";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
    }
}
