/** The availability probe's collection and writers. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.probe;
