package io.gds.samples.benchmarks;

import java.util.List;

/** Later. */
final class ApiDependencies {
    List<Figure> measure() {
        return List.of();
    }
}
