package io.gds.engine.mssql.internal.hotfix;

import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Packages as they lie on hosts. A host takes its time to hash a large file, and a plan asks for it more than once: what was seen a moment
 * ago is believed. Right before a setup its own job hashes once more. Thread-safe.
 */
final class PackageLooks {
    private static final Duration MOMENT = Duration.ofMinutes(5);

    private final MssqlEngine engine;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(PackageFacts facts, Instant at) {}

    PackageLooks(MssqlEngine engine) {
        this.engine = engine;
    }

    /** A package that is not there is looked for each time. */
    PackageFacts at(String server, String path) {
        Instant now = engine.clock().instant();
        Seen known = seen.get(server + "|" + path);
        if (known != null && Duration.between(known.at(), now).compareTo(MOMENT) < 0) {
            return known.facts();
        }
        PackageFacts facts = engine.packagesOf(server).at(path);
        if (facts.there()) {
            seen.put(server + "|" + path, new Seen(facts, now));
        }
        return facts;
    }
}
