/** Package managers that the core brings along. */
@NullMarked
package io.gds.database.core.internal.packages;

import org.jspecify.annotations.NullMarked;
