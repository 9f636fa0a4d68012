/** Makes an engine with all its abilities. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.assembly;
