package io.gds.engine.postgres.internal.patroni.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Positions in the log, in bytes from its beginning.
 *
 * @param written of a primary
 * @param received of a replica
 * @param replayed of a replica
 * @param replayedAt the commit time of the last replayed transaction
 * @param replayPaused whether somebody paused replay
 */
public record WalPositions(
        OptionalLong written,
        OptionalLong received,
        OptionalLong replayed,
        Optional<Instant> replayedAt,
        boolean replayPaused) {
    static WalPositions of(Optional<JsonObject> xlog) {
        return new WalPositions(
                xlog.map(x -> x.number("location")).orElse(OptionalLong.empty()),
                xlog.map(x -> x.number("received_location")).orElse(OptionalLong.empty()),
                xlog.map(x -> x.number("replayed_location")).orElse(OptionalLong.empty()),
                xlog.flatMap(x -> x.time("replayed_timestamp")),
                xlog.map(x -> x.flag("paused")).orElse(false));
    }
}
