/** What is asked of instances outside of plans. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.admin;
