/**
 * Poolers and proxies in front of the cluster: PgBouncer is paused around a switchover, so that no transaction fails, and
 * resumed by whoever is left alive; HAProxy's settings are read to say what outage to expect.
 */
@NullMarked
package io.gds.engine.postgres.internal.pooler;

import org.jspecify.annotations.NullMarked;
