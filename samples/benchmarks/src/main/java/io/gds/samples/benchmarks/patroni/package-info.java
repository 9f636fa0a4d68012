/** Measures patches of Patroni clusters on real hosts against the same steps done by hand; see docs/benchmarks.md. */
@NullMarked
package io.gds.samples.benchmarks.patroni;

import org.jspecify.annotations.NullMarked;
