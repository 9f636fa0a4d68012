/** Ephemeral copies of a cluster. */
@NullMarked
package io.gds.engine.postgres.internal.clone;

import org.jspecify.annotations.NullMarked;
