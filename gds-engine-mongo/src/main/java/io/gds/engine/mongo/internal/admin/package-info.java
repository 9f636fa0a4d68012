/** Administration of a set: databases, users, operations, parameters. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mongo.internal.admin;
