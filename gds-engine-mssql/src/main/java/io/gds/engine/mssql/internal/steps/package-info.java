/** The verbs of availability groups, and the actions around them. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.steps;
