package io.gds.database.spi;

import io.gds.database.Secret;

/** Resolves secret references of every known scheme. Supplied by the core. Thread-safe. */
@FunctionalInterface
public interface Secrets {
    /**
     * Resolves a reference.
     *
     * @param reference scheme, colon, rest
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-SECRET} when the scheme is unknown or
     *     there is no such secret; the message names the reference only
     */
    Secret resolve(String reference);
}
