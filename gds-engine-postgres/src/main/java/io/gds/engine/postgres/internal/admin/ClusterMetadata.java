package io.gds.engine.postgres.internal.admin;

import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.PostgresMetadata;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The metadata as a value; the components are the interface's. */
record ClusterMetadata(
        String name,
        EngineVersion version,
        String host,
        int port,
        Status status,
        String systemIdentifier,
        OptionalLong timeline,
        boolean dataChecksums,
        Optional<Instant> startedAt,
        int members,
        int reachableMembers,
        Map<String, String> attributes)
        implements PostgresMetadata {
    ClusterMetadata {
        attributes = Map.copyOf(attributes);
    }

    ClusterMetadata withNobodyAnswering() {
        return new ClusterMetadata(
                name,
                version,
                host,
                port,
                Status.UNAVAILABLE,
                systemIdentifier,
                OptionalLong.empty(),
                dataChecksums,
                Optional.empty(),
                members,
                0,
                attributes);
    }

    @Override
    public String edition() {
        return "community";
    }

    /** The identifier's upper half is the second in which initdb ran. */
    @Override
    public Optional<Instant> createdAt() {
        return Optional.of(Instant.ofEpochSecond(Long.parseUnsignedLong(systemIdentifier) >>> 32));
    }

    @Override
    public Optional<Instant> decommissionedAt() {
        return Optional.empty();
    }
}
