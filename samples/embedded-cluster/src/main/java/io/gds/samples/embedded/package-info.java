/**
 * Real PostgreSQL clusters, a primary and its standbys, from the binaries in Maven artifacts. For samples, benchmarks and tests on
 * Linux; start at {@link io.gds.samples.embedded.EmbeddedCluster#builder}.
 */
@NullMarked
package io.gds.samples.embedded;

import org.jspecify.annotations.NullMarked;
