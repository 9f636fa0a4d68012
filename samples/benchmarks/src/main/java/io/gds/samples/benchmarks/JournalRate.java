package io.gds.samples.benchmarks;

import java.util.List;

/** Later. */
final class JournalRate {
    List<Figure> measure(int repetitions) {
        return List.of(Figure.told("JournalRate", "-" + repetitions));
    }
}
