/** Host shells that the core brings along. */
@NullMarked
package io.gds.database.core.internal.shell;

import org.jspecify.annotations.NullMarked;
