/** The one place that may reach for the system's clock. */
@NullMarked
package io.gds.database.core.internal.clock;

import org.jspecify.annotations.NullMarked;
