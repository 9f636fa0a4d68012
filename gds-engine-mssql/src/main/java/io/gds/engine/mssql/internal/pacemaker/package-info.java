/** The Pacemaker cluster of a group on Linux: what it says, and what it is told by {@code pcs}. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.pacemaker;
