package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.plan.Params;
import java.time.Instant;
import java.util.Optional;

/**
 * A restart somebody scheduled. It lives in the memory of that member's Patroni only.
 *
 * @param at when
 * @param filter everything that was said about it, as Patroni shows it
 */
public record ScheduledRestart(Instant at, Params filter) {
    static Optional<ScheduledRestart> of(JsonObject json) {
        return json.object("scheduled_restart")
                .flatMap(restart -> restart.time("schedule").map(at -> new ScheduledRestart(at, restart.params())));
    }
}
