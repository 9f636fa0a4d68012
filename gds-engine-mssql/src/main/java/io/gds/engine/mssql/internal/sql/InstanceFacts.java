package io.gds.engine.mssql.internal.sql;

import io.gds.engine.mssql.internal.build.Build;
import java.time.Instant;
import java.util.Optional;

/**
 * What an instance says of itself.
 *
 * @param build what runs
 * @param version what runs, with all four numbers, for example {@code 16.0.4165.4}
 * @param level {@code RTM} or {@code SP2}
 * @param updateLevel {@code CU16}; empty for a release, and for security updates
 * @param article the article of the update, for example {@code KB5048038}; empty for a release
 * @param edition as it is named, for example {@code Enterprise Edition: Core-based Licensing (64-bit)}
 * @param serverName what the server calls itself, {@code HOST} or {@code HOST\INSTANCE}: so groups name their replicas
 * @param host the computer it runs on now; of a failover cluster the active node
 * @param isFailoverCluster whether it is an instance of a failover cluster
 * @param isInGroups whether availability groups are switched on
 * @param isWindows whether it runs on Windows
 * @param startedAt when its process was started, by the server's clock
 */
public record InstanceFacts(
        Build build,
        String version,
        String level,
        Optional<String> updateLevel,
        Optional<String> article,
        String edition,
        String serverName,
        String host,
        boolean isFailoverCluster,
        boolean isInGroups,
        boolean isWindows,
        Instant startedAt) {
    /** For people, for example {@code 16.0.4165.4 RTM CU16 (KB5048038)}. */
    public String describe() {
        return version + " " + level + updateLevel.map(u -> " " + u).orElse("")
                + article.map(a -> " (" + a + ")").orElse("");
    }
}
