/** The availability probe's table and writers. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.probe;
