/** Connections to instances and what they say of themselves. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.sql;
