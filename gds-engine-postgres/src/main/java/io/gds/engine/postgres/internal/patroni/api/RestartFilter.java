package io.gds.engine.postgres.internal.patroni.api;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When a member is restarted, and for how long Patroni waits for it. There is no filter by role: its words differ
 * between versions, and in 3.3 that for the leader never matches.
 *
 * @param postgresVersion restart only a server that runs an older version than this one
 * @param startTimeout how long Patroni lets the server start before it gives up the leader lock; without it
 *     {@code primary_start_timeout}, 300 seconds unless configured
 */
public record RestartFilter(Optional<String> postgresVersion, Optional<Duration> startTimeout) {
    /** Restart in any case. */
    public static final RestartFilter NONE = new RestartFilter(Optional.empty(), Optional.empty());

    /**
     * Checks the shapes.
     *
     * @throws GdsDatabaseException with code {@code PATRONI-RESTART-FILTER} when Patroni would not understand them
     */
    public RestartFilter {
        requireNonNull(postgresVersion, "postgresVersion");
        requireNonNull(startTimeout, "startTimeout");
        postgresVersion
                .filter(v -> !v.matches("(9\\.\\d\\.\\d{1,2}|[1-9]\\d\\.\\d{1,2})"))
                .ifPresent(v -> {
                    throw wrong("postgresVersion", v, "a version such as 16.4");
                });
        startTimeout.filter(t -> t.toSeconds() < 1).ifPresent(t -> {
            throw wrong("startTimeout", t.toString(), "a second or more");
        });
    }

    /** Restart only a server that runs an older version: this applies new binaries, and may be repeated. */
    public static RestartFilter olderThan(String version) {
        return new RestartFilter(Optional.of(version), Optional.empty());
    }

    String toJson() {
        Map<String, Object> values = new TreeMap<>();
        postgresVersion.ifPresent(v -> values.put("postgres_version", v));
        startTimeout.ifPresent(t -> values.put("timeout", t.toSeconds()));
        return Params.of(values).toJson();
    }

    private static GdsDatabaseException wrong(String field, String found, String expected) {
        return GdsDatabaseException.user("PATRONI-RESTART-FILTER")
                .message("the filter of a restart, " + field + ": found \"" + found + "\", expected " + expected + ".")
                .remedy("give it as PostgreSQL's release notes write it, without packaging.")
                .build();
    }
}
