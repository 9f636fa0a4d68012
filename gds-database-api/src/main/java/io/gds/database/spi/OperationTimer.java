package io.gds.database.spi;

import io.gds.database.OperationResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Measures one administrative operation by the clock that the core lends. Confined to one thread. */
public final class OperationTimer {
    private final Clock clock;
    private final String operation;
    private final Instant begun;

    private OperationTimer(Clock clock, String operation) {
        this.clock = clock;
        this.operation = operation;
        this.begun = clock.instant();
    }

    /** Starts to measure. */
    public static OperationTimer start(Clock clock, String operation) {
        return new OperationTimer(clock, operation);
    }

    /** It was done. */
    public OperationResult changed(String detail) {
        return result(true, detail);
    }

    /** There was nothing to do. */
    public OperationResult already(String detail) {
        return result(false, detail);
    }

    private OperationResult result(boolean changed, String detail) {
        Duration took = Duration.between(begun, clock.instant());
        return new OperationResult(operation, changed, detail, took.isNegative() ? Duration.ZERO : took);
    }
}
