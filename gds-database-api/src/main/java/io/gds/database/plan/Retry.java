package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often a step may be tried when its effect is proven not to have happened.
 *
 * @param attempts tries in all, 1 or more
 * @param backoff the wait before the second try; it doubles with every further one
 */
public record Retry(int attempts, Duration backoff) {
    /** Checks the parts. */
    public Retry {
        requireNonNull(backoff, "backoff");
        if (attempts < 1 || backoff.isNegative()) {
            throw new IllegalArgumentException("retry: expected at least one attempt and no negative backoff");
        }
    }

    /** One try. */
    public static Retry never() {
        return new Retry(1, Duration.ZERO);
    }

    /** The wait before a try; the first try is number 1 and waits for nothing. */
    public Duration before(int attempt) {
        return attempt <= 1 ? Duration.ZERO : backoff.multipliedBy(1L << Math.min(attempt - 2, 10));
    }
}
