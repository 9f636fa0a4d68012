/** The availability probe's table and writers. */
@NullMarked
package io.gds.engine.postgres.internal.probe;

import org.jspecify.annotations.NullMarked;
