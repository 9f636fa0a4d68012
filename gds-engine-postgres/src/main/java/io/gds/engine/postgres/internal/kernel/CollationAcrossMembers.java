package io.gds.engine.postgres.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.topology.Member;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether all members sort text alike. A follower on a host with another C library reads indexes that were built by the
 * primary's order, and finds wrong rows long before any switchover.
 */
final class CollationAcrossMembers {
    private static final String VERSION =
            "SELECT coalesce(max(pg_collation_actual_version(oid)), 'none') AS v FROM pg_collation WHERE collprovider = 'c' AND"
                    + " collname NOT IN ('C', 'POSIX')";

    private final PostgresEngine engine;

    CollationAcrossMembers(PostgresEngine engine) {
        this.engine = engine;
    }

    Optional<Finding> finding(List<Member> members) {
        Map<String, String> versions = new TreeMap<>();
        for (Member m : members) {
            versions.put(m.name(), engine.connections().onMember(m.name(), s -> s.one(VERSION, r -> r.text("v"))));
        }
        return versions.values().stream().distinct().count() < 2
                ? Optional.empty()
                : Optional.of(
                        Finding.block(
                                "PG-COLLATION-MEMBERS",
                                engine.name(),
                                "the C libraries sort by versions " + versions,
                                "one version on all hosts",
                                "bring the hosts to one release of the operating system, and reindex text on what was promoted."));
    }
}
