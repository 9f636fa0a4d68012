/** Plans as pure data: steps, gates, brackets, undo, findings, estimates, and the requests they are made from. */
@NullMarked
package io.gds.database.plan;

import org.jspecify.annotations.NullMarked;
