package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostTimer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What never changes about a group.
 *
 * @param name of the group
 * @param type what keeps it together
 * @param cluster the name of its cluster
 * @param isBasic one database, two replicas, nobody reads
 * @param isContained it has a master and an msdb of its own
 * @param listener its network name; null when it has none
 * @param times how long things take
 * @param timer of all its hosts
 * @param created when it was made
 */
record GroupConfig(
        String name,
        ClusterType type,
        String cluster,
        boolean isBasic,
        boolean isContained,
        @Nullable Listener listener,
        GroupTimes times,
        HostTimer timer,
        Instant created) {
    /** A network name. */
    record Listener(String dnsName, int port) {}

    /** The same for the same name, in every test. */
    UUID id(String... parts) {
        return UUID.nameUUIDFromBytes((name + "\0" + String.join("\0", parts)).getBytes(StandardCharsets.UTF_8));
    }
}
