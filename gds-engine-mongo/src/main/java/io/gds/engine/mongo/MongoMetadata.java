package io.gds.engine.mongo;

import io.gds.database.EngineMetadata;
import java.time.Instant;
import java.util.Optional;

/** What is known of a replica set. Immutable. */
public interface MongoMetadata extends EngineMetadata {
    /** The set's own name. */
    String replicaSet();

    /** What tells this set from every other one of the same name; empty when no member told. */
    String replicaSetId();

    /** What the primary's data is compatible with, for example {@code 6.0}; empty when there is no primary. */
    Optional<String> featureCompatibility();

    /** When the primary's process started; empty when there is no primary. */
    Optional<Instant> startedAt();

    /** How many members are configured, arbiters too. */
    int members();

    /** How many of them answered. */
    int reachableMembers();
}
