package io.gds.engine.mongo.internal.topology;

import io.gds.engine.mongo.internal.client.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A member by the set's configuration.
 *
 * @param id its number
 * @param address {@code host:port}
 * @param arbiter whether it votes and holds no data
 * @param hidden whether drivers are not told of it
 * @param priority how much it wants to be primary; 0 for never
 * @param votes 1 or 0
 * @param delay how far it stays behind on purpose
 * @param tags as written
 */
public record ConfiguredMember(
        int id,
        String address,
        boolean arbiter,
        boolean hidden,
        double priority,
        int votes,
        Duration delay,
        Map<String, String> tags) {
    static ConfiguredMember of(Answer a) {
        Map<String, String> tags = new TreeMap<>();
        Answer written = a.object("tags");
        written.keys().forEach(k -> written.text(k).ifPresent(v -> tags.put(k, v)));
        // before 5.0 the delay had another name
        long delay =
                a.number("secondaryDelaySecs").orElse(a.number("slaveDelay").orElse(0));
        return new ConfiguredMember(
                (int) a.number("_id").orElse(-1),
                a.text("host").orElse(""),
                a.flag("arbiterOnly"),
                a.flag("hidden"),
                a.real("priority").orElse(1),
                (int) a.number("votes").orElse(1),
                Duration.ofSeconds(delay),
                Map.copyOf(tags));
    }

    /** Whether it counts where a majority is counted. */
    public boolean isVoter() {
        return votes > 0;
    }

    /** Whether it holds data. */
    public boolean bearsData() {
        return !arbiter;
    }

    /** Whether it may ever be primary. */
    public boolean mayLead() {
        return isVoter() && bearsData() && !hidden && priority > 0 && delay.isZero();
    }
}
