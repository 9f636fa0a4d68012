/** Metrics from the statistics views. */
@NullMarked
package io.gds.engine.postgres.internal.metrics;

import org.jspecify.annotations.NullMarked;
