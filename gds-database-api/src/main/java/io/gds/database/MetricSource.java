package io.gds.database;

import java.time.Instant;
import java.util.List;

/** Metrics of a server. Thread-safe; calls block. */
public interface MetricSource {
    /**
     * Metrics of a time span. Products that keep no history give the values of now when {@code end} is not before now,
     * and cumulative ones with the instant since when they count as label {@code since}.
     *
     * @param start the begin
     * @param end the end, not before the begin
     */
    List<Metric> metrics(Instant start, Instant end);
}
