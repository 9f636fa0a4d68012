/** Who is in the cluster, as its members themselves tell. */
@NullMarked
package io.gds.engine.postgres.internal.topology;

import org.jspecify.annotations.NullMarked;
