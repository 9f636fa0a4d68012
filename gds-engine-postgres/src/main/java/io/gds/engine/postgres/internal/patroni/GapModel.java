package io.gds.engine.postgres.internal.patroni;

import io.gds.database.plan.TurnForecast;
import java.time.Duration;
import java.util.Optional;

/** What is known of the write gaps that Patroni's switchover and restart cause, and how they are made up. */
final class GapModel {
    /** Patroni looks once a second whether the old leader has shut down, and the first look comes too early. */
    private static final Duration STOP_POLL = Duration.ofMillis(1100);

    /** Fast stop of a server whose checkpoint is done. */
    private static final Duration STOP = Duration.ofMillis(100);

    private static final Duration PROMOTION = Duration.ofMillis(150);
    /** Start of a small server, for want of a measurement. */
    private static final Duration TYPICAL_START = Duration.ofMillis(200);

    /** Standbys find their restarted upstream again; their retry interval is 100 ms for the length of the run. */
    private static final Duration RECONNECT = Duration.ofMillis(150);

    /** Until another standby follows a new leader that must not commit alone, when none follows it before. */
    private static final Duration REPOINT = Duration.ofMillis(1900);

    private static final String WAITING = ", commits wait for standbys";

    private GapModel() {}

    static TurnForecast unmeasured(boolean commitsWait, int followers) {
        return forecast(
                TYPICAL_START,
                Duration.ZERO,
                commitsWait,
                followers,
                "typical of a small database, nothing of this one is measured yet; decided anew when the replicas have been"
                        + " patched");
    }

    static TurnForecast measured(
            Optional<Duration> slowestStart, Duration lastCheckpoint, boolean commitsWait, int followers) {
        return forecast(
                slowestStart.orElse(TYPICAL_START),
                lastCheckpoint,
                commitsWait,
                followers,
                "start "
                        + slowestStart
                                .map(d -> d.toMillis() + " ms as measured")
                                .orElse("not measured")
                        + ", checkpoint " + lastCheckpoint.toMillis() + " ms"
                        + (commitsWait ? WAITING : ""));
    }

    /** What a lone copy would need, and what this cluster's standbys add to it. */
    static TurnForecast rehearsed(TurnForecast onClone, boolean commitsWait, int followers) {
        return withStandbys(
                onClone.switchover(),
                onClone.restartInPlace(),
                commitsWait,
                followers,
                onClone.basis() + " on a clone" + (commitsWait ? WAITING : ""));
    }

    private static TurnForecast forecast(
            Duration start, Duration checkpoint, boolean commitsWait, int followers, String basis) {
        return withStandbys(
                STOP_POLL.plus(checkpoint).plus(STOP).plus(PROMOTION),
                checkpoint.plus(STOP).plus(start),
                commitsWait,
                followers,
                basis);
    }

    private static TurnForecast withStandbys(
            Duration switchover, Duration restart, boolean commitsWait, int followers, String basis) {
        if (!commitsWait) {
            return new TurnForecast(switchover, restart, basis);
        }
        // with a third member the cascade stands before the switchover, and nobody is to be pointed anew
        return new TurnForecast(switchover.plus(followers > 1 ? RECONNECT : REPOINT), restart.plus(RECONNECT), basis);
    }
}
