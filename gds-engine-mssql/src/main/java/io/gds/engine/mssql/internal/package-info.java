/** The engine itself. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal;
