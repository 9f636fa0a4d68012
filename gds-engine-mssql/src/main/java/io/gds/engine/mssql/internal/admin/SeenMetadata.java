package io.gds.engine.mssql.internal.admin;

import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.MssqlMetadata;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Metadata as it was read. */
record SeenMetadata(
        String name,
        EngineVersion version,
        String edition,
        String host,
        int port,
        Status status,
        int instances,
        int reachableInstances,
        Map<String, String> attributes)
        implements MssqlMetadata {
    SeenMetadata {
        attributes = Map.copyOf(attributes);
    }

    SeenMetadata withNobodyAnswering() {
        return new SeenMetadata(name, version, edition, host, port, Status.UNAVAILABLE, instances, 0, attributes);
    }

    /** The server knows when it was installed, not when what runs on it began. */
    @Override
    public Optional<Instant> createdAt() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> decommissionedAt() {
        return Optional.empty();
    }
}
