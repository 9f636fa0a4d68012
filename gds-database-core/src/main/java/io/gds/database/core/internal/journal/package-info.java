/** Runs, events, claims and leases on embedded SQLite. */
@NullMarked
package io.gds.database.core.internal.journal;

import org.jspecify.annotations.NullMarked;
