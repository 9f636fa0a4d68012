/** A journalled execution of a plan: identity, states, events, outcome. */
@NullMarked
package io.gds.database.run;

import org.jspecify.annotations.NullMarked;
