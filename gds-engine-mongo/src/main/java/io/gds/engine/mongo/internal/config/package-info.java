/** The engine's part of a cluster spec, read and checked. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.config;
