/** One member's process, from its own host. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.control;
