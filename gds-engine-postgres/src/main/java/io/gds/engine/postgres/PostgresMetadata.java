package io.gds.engine.postgres;

import io.gds.database.EngineMetadata;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known of a PostgreSQL cluster. Immutable. */
public interface PostgresMetadata extends EngineMetadata {
    /** The identity that initdb gave and that all members share. */
    String systemIdentifier();

    /** The timeline that the primary writes; empty when there is no primary. */
    OptionalLong timeline();

    /** Whether pages carry checksums. */
    boolean dataChecksums();

    /** When the primary's postmaster started; empty when there is no primary. */
    Optional<Instant> startedAt();

    /** How many members are configured. */
    int members();

    /** How many of them answered. */
    int reachableMembers();
}
