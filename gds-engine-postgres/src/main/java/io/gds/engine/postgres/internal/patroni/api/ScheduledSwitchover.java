package io.gds.engine.postgres.internal.patroni.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A switchover somebody scheduled.
 *
 * @param at when
 * @param from the leader it is meant for
 * @param to the candidate, if one was named
 */
public record ScheduledSwitchover(Instant at, Optional<String> from, Optional<String> to) {
    static Optional<ScheduledSwitchover> of(JsonObject json) {
        return json.object("scheduled_switchover")
                .flatMap(s -> s.time("at").map(at -> new ScheduledSwitchover(at, s.text("from"), s.text("to"))));
    }
}
