/** Ephemeral copies of clusters with Patroni: each a cluster of its own, of one member, with a DCS of its own. */
@NullMarked
package io.gds.engine.postgres.internal.patroni.clone;

import org.jspecify.annotations.NullMarked;
