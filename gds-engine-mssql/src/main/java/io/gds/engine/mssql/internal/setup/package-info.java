/** SQL Server's own setup: what it is called with, how it ends, and what it writes down about that. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.setup;
