/** What a rolling patch does to a replica set. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.steps;
