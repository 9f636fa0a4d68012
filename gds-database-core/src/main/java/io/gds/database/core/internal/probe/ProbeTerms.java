package io.gds.database.core.internal.probe;

import io.gds.database.plan.Params;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to probe, as the plan says.
 *
 * @param interval time between two writes of one client
 * @param clients how many write
 * @param maxGap the longest write gap allowed; null for no limit
 */
record ProbeTerms(Duration interval, int clients, @Nullable Duration maxGap) {
    static ProbeTerms of(Params p) {
        return new ProbeTerms(
                p.duration("interval"),
                Math.toIntExact(p.integer("clients")),
                p.has("maxWriteGap") ? p.duration("maxWriteGap") : null);
    }
}
