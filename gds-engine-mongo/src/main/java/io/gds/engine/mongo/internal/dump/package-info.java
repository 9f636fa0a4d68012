/** A database written to a directory and read back, in the layout that MongoDB's own tools read. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.dump;
