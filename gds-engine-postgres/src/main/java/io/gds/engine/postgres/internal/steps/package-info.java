/** The verbs of the rolling patch and the engine's own actions. */
@NullMarked
package io.gds.engine.postgres.internal.steps;

import org.jspecify.annotations.NullMarked;
