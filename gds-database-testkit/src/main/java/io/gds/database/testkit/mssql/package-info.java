/** Models of SQL Server: what is installed on a Windows host, and how its setup behaves. */
@org.jspecify.annotations.NullMarked
package io.gds.database.testkit.mssql;
