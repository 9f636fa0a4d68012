/** The engine itself; everything below it knows nothing of it. */
@NullMarked
package io.gds.engine.postgres.internal;

import org.jspecify.annotations.NullMarked;
