/** Cluster specs: text to a checked reference, every mistake at once with its line; and what an engine is lent. */
@NullMarked
package io.gds.database.core.internal.config;

import org.jspecify.annotations.NullMarked;
