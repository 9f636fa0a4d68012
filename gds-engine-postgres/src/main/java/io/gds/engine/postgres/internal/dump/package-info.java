/** Backup and restore of one database. */
@NullMarked
package io.gds.engine.postgres.internal.dump;

import org.jspecify.annotations.NullMarked;
