/** Workbooks for Excel: tables of any length, in files that are there whole or not at all. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.workbook;
