/** What users write: targets, groups, shells, packages. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.config;
