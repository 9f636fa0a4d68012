/** The log of an instance. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.logs;
