/** Who is in the set and how it stands, by every member's own word. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.topology;
