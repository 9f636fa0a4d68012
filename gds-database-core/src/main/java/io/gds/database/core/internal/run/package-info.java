/** The step machine: a pure decision core, the fold of events, the way back, and the driver. */
@NullMarked
package io.gds.database.core.internal.run;

import org.jspecify.annotations.NullMarked;
