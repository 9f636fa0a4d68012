/** What may be done now, by facts that are computed from every member's own word. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.kernel;
