package io.gds.engine.postgres.internal.pooler;

import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long a pause may last.
 *
 * @param drain how long open transactions are waited for; longer, and the pause is taken back
 * @param total after which time waiting clients go on as soon as there is a primary, whoever resumes them
 * @param last after which time they go on in any case
 */
record PauseLimits(Duration drain, Duration total, Duration last) {
    private static final Duration MOST = Duration.ofSeconds(40);

    /** Limits of so much in all. */
    static PauseLimits ofTotal(Duration total) {
        return new PauseLimits(total.dividedBy(2), total, total.multipliedBy(3).dividedBy(2));
    }

    /** The pooler's own limit from its spec; otherwise half of what it lets a client wait, and 40 s at most. */
    static PauseLimits of(PoolerSpec spec, Map<String, String> config) {
        Duration usual = queryWait(config)
                .map(w -> w.dividedBy(2))
                .filter(h -> h.compareTo(MOST) < 0)
                .orElse(MOST);
        return ofTotal(spec.pauseLimit().orElse(usual));
    }

    /** After which time the pooler throws a waiting client out; empty for never. */
    static Optional<Duration> queryWait(Map<String, String> config) {
        String seconds = config.getOrDefault("query_wait_timeout", "0");
        if (!seconds.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.empty();
        }
        Duration wait = Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
        return wait.isZero() ? Optional.empty() : Optional.of(wait);
    }
}
