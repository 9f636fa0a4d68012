/** Measures the library against plain scripts and its own promises, on clusters that it starts itself. */
@NullMarked
package io.gds.samples.benchmarks;

import org.jspecify.annotations.NullMarked;
