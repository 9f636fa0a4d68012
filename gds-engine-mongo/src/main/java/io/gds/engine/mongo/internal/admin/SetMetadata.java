package io.gds.engine.mongo.internal.admin;

import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.MongoMetadata;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The metadata as a value; the components are the interface's. */
record SetMetadata(
        String name,
        EngineVersion version,
        String edition,
        String host,
        int port,
        Status status,
        String replicaSet,
        String replicaSetId,
        Optional<String> featureCompatibility,
        Optional<Instant> createdAt,
        Optional<Instant> startedAt,
        int members,
        int reachableMembers,
        Map<String, String> attributes)
        implements MongoMetadata {
    SetMetadata {
        attributes = Map.copyOf(attributes);
    }

    SetMetadata withNobodyAnswering() {
        return new SetMetadata(
                name,
                version,
                edition,
                host,
                port,
                Status.UNAVAILABLE,
                replicaSet,
                replicaSetId,
                featureCompatibility,
                createdAt,
                Optional.empty(),
                members,
                0,
                attributes);
    }

    @Override
    public Optional<Instant> decommissionedAt() {
        return Optional.empty();
    }
}
