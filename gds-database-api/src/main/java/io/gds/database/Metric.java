package io.gds.database;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * One measured value.
 *
 * @param name dotted lower-case name, for example {@code transactions.committed}
 * @param value the value
 * @param unit the unit, for example {@code bytes}, {@code 1} for a count
 * @param timestamp when it was read, by the server's clock
 * @param labels what distinguishes values of one name, for example {@code database=app}
 */
public record Metric(String name, double value, String unit, Instant timestamp, Map<String, String> labels) {
    /** Checks and copies. */
    public Metric {
        requireNonNull(name, "name");
        requireNonNull(unit, "unit");
        requireNonNull(timestamp, "timestamp");
        labels = Map.copyOf(labels);
    }
}
