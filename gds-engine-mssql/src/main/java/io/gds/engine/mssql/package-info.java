/** SQL Server: what users of this engine call. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql;
