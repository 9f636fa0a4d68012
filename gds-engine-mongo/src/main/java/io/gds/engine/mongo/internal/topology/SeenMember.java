package io.gds.engine.mongo.internal.topology;

import io.gds.engine.mongo.internal.client.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A member as one member sees it, from heartbeats that may be seconds old.
 *
 * @param address {@code host:port}
 * @param state its state
 * @param healthy whether it answers heartbeats
 * @param optimeDate the time of what it has applied by the primary's clock; empty while that is not known
 * @param uptime how long it has been up, as far as this one knows
 * @param note what it says about itself, or what its last heartbeat said
 */
public record SeenMember(
        String address,
        MemberState state,
        boolean healthy,
        Optional<Instant> optimeDate,
        Duration uptime,
        String note) {
    static SeenMember of(Answer a) {
        return new SeenMember(
                a.text("name").orElse(""),
                MemberState.of(a.number("state").orElse(6)),
                a.flag("health"),
                a.instant("optimeDate").filter(Instant.EPOCH::isBefore), // of one that was never heard
                Duration.ofSeconds(a.number("uptime").orElse(0)),
                a.text("infoMessage").or(() -> a.text("lastHeartbeatMessage")).orElse(""));
    }
}
