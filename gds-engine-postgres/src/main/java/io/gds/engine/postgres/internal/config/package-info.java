/** The cluster spec of this engine: read, checked, typed. */
@NullMarked
package io.gds.engine.postgres.internal.config;

import org.jspecify.annotations.NullMarked;
