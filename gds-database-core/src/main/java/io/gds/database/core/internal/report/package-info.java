/** Reports of a run and its live progress, made from the journal's events and from nothing else. */
@NullMarked
package io.gds.database.core.internal.report;

import org.jspecify.annotations.NullMarked;
