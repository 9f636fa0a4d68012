/** Options of an instance and of its databases. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.settings;
