/** Makes plans: the rolling skeleton, rehearsals, and the handlers of the core's own actions. */
@NullMarked
package io.gds.database.core.internal.plan;

import org.jspecify.annotations.NullMarked;
