/** A stand-in for SQL Server that the real JDBC driver talks to: the wire protocol, and nothing of SQL behind it. */
@NullMarked
package io.gds.database.testkit.tds;

import org.jspecify.annotations.NullMarked;
