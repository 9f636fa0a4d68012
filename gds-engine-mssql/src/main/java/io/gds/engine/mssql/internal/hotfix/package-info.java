/** Hotfixes for a fleet: what every server gets and why, as a plan. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.hotfix;
