/**
 * Announces to applications that the primary is about to change, so that they hold their traffic. The other half is the data
 * source that applications wrap around their pool; {@code docs/holding-datasource.md} describes what the two say to each
 * other.
 */
@NullMarked
package io.gds.engine.postgres.internal.hold;

import org.jspecify.annotations.NullMarked;
