/** The way from one series of servers to another, and what the data is compatible with on it. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.upgrade;
