package io.gds.database.spi;

import io.gds.database.Secret;

/**
 * Resolves references such as {@code env:PGPASSWORD} and {@code file:/run/secrets/pg} at the moment of use.
 *
 * <p>Found by {@code ServiceLoader}. Called on any thread, may block for seconds, must be thread-safe and must not cache
 * longer than the owner of the secret allows. What it throws becomes a refusal that names the reference, never the value.
 */
public interface SecretSource {
    /** The part of a reference before the first colon that this source answers for, for example {@code env}. */
    String scheme();

    /**
     * Resolves a reference.
     *
     * @param rest the part after the first colon
     * @throws io.gds.database.error.GdsDatabaseException when there is no such secret
     */
    Secret resolve(String rest);
}
