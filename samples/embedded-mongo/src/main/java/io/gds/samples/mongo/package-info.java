/** Real MongoDB replica sets for samples and tests. */
@org.jspecify.annotations.NullMarked
package io.gds.samples.mongo;
