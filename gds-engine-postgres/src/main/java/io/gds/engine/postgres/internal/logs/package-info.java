/** Server logs, through SQL or the host. */
@NullMarked
package io.gds.engine.postgres.internal.logs;

import org.jspecify.annotations.NullMarked;
