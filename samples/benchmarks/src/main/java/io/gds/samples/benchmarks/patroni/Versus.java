package io.gds.samples.benchmarks.patroni;

import io.gds.samples.benchmarks.Figure;
import io.gds.samples.benchmarks.Samples;

/** One figure of ours and of its counterpart, taken in turns. Not thread-safe. */
final class Versus {
    private final String unit;
    private final Samples ours;
    private final Samples theirs;

    Versus(String what, String unit) {
        this.unit = unit;
        this.ours = new Samples(what + " ours, " + unit);
        this.theirs = new Samples(what + " of the counterpart, " + unit);
    }

    void add(double our, double their) {
        ours.add(our);
        theirs.add(their);
    }

    Samples theirs() {
        return theirs;
    }

    /** The quotient of the medians, and what it must not exceed. */
    Figure atMost(String name, double limit) {
        ours.print(theirs);
        return Figure.atMost(name, unit, ours, theirs, limit);
    }

    /** The quotient of the medians, of which nothing is required. */
    Figure told(String name) {
        ours.print(theirs);
        return new Figure(
                name,
                Samples.number(ours.median()) + " " + unit,
                Samples.number(theirs.median()) + " " + unit,
                Samples.number(ours.over(theirs)),
                "-",
                true);
    }
}
