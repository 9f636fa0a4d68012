/** Figures of real replica sets. */
@org.jspecify.annotations.NullMarked
package io.gds.samples.benchmarks.mongo;
