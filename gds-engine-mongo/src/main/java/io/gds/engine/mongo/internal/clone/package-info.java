/** Ephemeral copies of a set, isolated before they start. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.clone;
