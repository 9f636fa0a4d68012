/** Rules over all published modules at once. */
@NullMarked
package io.gds.checks;

import org.jspecify.annotations.NullMarked;
