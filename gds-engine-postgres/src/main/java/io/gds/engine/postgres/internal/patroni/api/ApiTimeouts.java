package io.gds.engine.postgres.internal.patroni.api;

import java.time.Duration;

/**
 * How long answers may take; each is the whole call, from connecting to the last byte.
 *
 * @param connect until the connection stands
 * @param status what a member answers by itself: its own state, health
 * @param dcs what waits for the DCS: Patroni tries for its {@code retry_timeout}, 10 seconds unless configured
 * @param switchover a switchover: Patroni itself watches for two {@code loop_wait}, 20 seconds or more, before it answers
 */
public record ApiTimeouts(Duration connect, Duration status, Duration dcs, Duration switchover) {
    /** For Patroni's default timings. */
    public static final ApiTimeouts DEFAULT = new ApiTimeouts(
            Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(12), Duration.ofSeconds(45));

    /** Checks that all are longer than zero. */
    public ApiTimeouts {
        for (Duration each : new Duration[] {connect, status, dcs, switchover}) {
            if (each.isZero() || each.isNegative()) {
                throw new IllegalArgumentException("a time-out of " + each + "; expected longer than zero");
            }
        }
    }
}
