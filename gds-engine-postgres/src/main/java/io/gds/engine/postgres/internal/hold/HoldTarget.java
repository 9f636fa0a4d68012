package io.gds.engine.postgres.internal.hold;

import io.gds.engine.postgres.internal.config.HoldSpec;

/** One way to applications. Thread-safe; calls block for as long as said. */
interface HoldTarget {
    HoldSpec spec();

    /**
     * Announces a hold and waits until all connections have come back, at most for the spec's {@code quiesce}. Announcing a
     * token again waits again; an earlier token of the same owner gives way.
     *
     * @return what was seen last
     * @throws io.gds.database.error.GdsDatabaseException when the target could not be reached
     */
    Seen announce(String token, String owner);

    /**
     * Lifts the hold of an owner, or of one token; idempotent, and nobody else's.
     *
     * @throws io.gds.database.error.GdsDatabaseException when the target could not be reached
     */
    void lift(String name);

    /**
     * How it stands.
     *
     * @throws io.gds.database.error.GdsDatabaseException when the target could not be reached
     */
    Seen look();
}
