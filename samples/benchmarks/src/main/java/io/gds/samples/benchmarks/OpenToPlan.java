package io.gds.samples.benchmarks;

import java.util.List;

/** Later. */
final class OpenToPlan {
    List<Figure> measure(int repetitions) {
        return List.of(Figure.told("OpenToPlan", "-" + repetitions));
    }
}
