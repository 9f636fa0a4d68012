/** Plans and runs. */
@NullMarked
package io.gds.database.core;

import org.jspecify.annotations.NullMarked;
