/** What is measured on an instance. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.metrics;
