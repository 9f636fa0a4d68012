package io.gds.database;

import io.gds.database.version.EngineVersion;
import java.time.Instant;
import java.util.Optional;

/** What is known of a server or cluster. Implementations are immutable; engines may extend this interface. */
public interface EngineMetadata extends Metadata {
    /** The version that runs on the primary. */
    EngineVersion version();

    /** The edition as the product calls it, for example {@code community}. */
    String edition();

    /** The host of the primary. */
    String host();

    /** The port of the primary. */
    int port();

    /** How it stands. */
    Status status();

    /** When it was created; empty when the product does not know. */
    Optional<Instant> createdAt();

    /** When it was taken out of service for good; empty while it is in service. */
    Optional<Instant> decommissionedAt();

    /** How a cluster stands. */
    enum Status {
        /** It accepts reads and writes. */
        AVAILABLE,
        /** It accepts reads only, or some member is missing. */
        DEGRADED,
        /** Nobody answers. */
        UNAVAILABLE
    }
}
