/** Builds of SQL Server: what they are, which there are, and which one to take. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.build;
