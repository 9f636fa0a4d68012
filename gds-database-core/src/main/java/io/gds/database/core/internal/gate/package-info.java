/** Evaluates gates. */
@NullMarked
package io.gds.database.core.internal.gate;

import org.jspecify.annotations.NullMarked;
