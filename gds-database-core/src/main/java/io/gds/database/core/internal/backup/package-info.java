/** Learns when the newest good backup of a cluster was taken: pgBackRest, any program, any HTTP API. */
@NullMarked
package io.gds.database.core.internal.backup;

import org.jspecify.annotations.NullMarked;
