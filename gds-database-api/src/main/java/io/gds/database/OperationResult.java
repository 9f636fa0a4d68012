package io.gds.database;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How an administrative operation ended. Failures are exceptions.
 *
 * @param operation what was asked for
 * @param changed whether anything was changed; false when it was so already
 * @param detail one line for people
 * @param took how long it took
 */
public record OperationResult(String operation, boolean changed, String detail, Duration took) {
    /** Checks the parts. */
    public OperationResult {
        requireNonNull(operation, "operation");
        requireNonNull(detail, "detail");
        requireNonNull(took, "took");
    }
}
