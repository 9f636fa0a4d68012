/** Clients of the set and of each of its members, and typed reading of what servers answer. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.client;
