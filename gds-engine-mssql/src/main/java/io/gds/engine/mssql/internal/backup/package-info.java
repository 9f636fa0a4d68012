/** Backups of a database, and what becomes of them. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.backup;
