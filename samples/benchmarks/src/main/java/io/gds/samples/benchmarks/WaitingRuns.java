package io.gds.samples.benchmarks;

import java.util.List;

/** Later. */
final class WaitingRuns {
    List<Figure> measure(int repetitions) {
        return List.of(Figure.told("WaitingRuns", "-" + repetitions));
    }
}
