/** PostgreSQL as an engine. */
@NullMarked
package io.gds.engine.postgres;

import org.jspecify.annotations.NullMarked;
