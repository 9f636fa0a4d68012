/** MongoDB replica sets and sharded clusters as an engine. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo;
