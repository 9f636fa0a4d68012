/** The seams through which the testkit, and nobody else, reaches into the core. */
@NullMarked
package io.gds.database.core.internal.testing;

import org.jspecify.annotations.NullMarked;
