package io.gds.database;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known of a database. Implementations are immutable; engines may extend this interface. */
public interface DatabaseMetadata extends Metadata {
    /** Size in bytes; empty when it may not be read. */
    OptionalLong sizeBytes();

    /** Who owns it. */
    String owner();

    /** When it was created; empty when the product does not know. */
    Optional<Instant> createdAt();

    /** Its collation. */
    String collation();
}
