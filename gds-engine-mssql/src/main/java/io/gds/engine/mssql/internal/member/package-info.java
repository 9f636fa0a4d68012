/** What groups need of their members' hosts, whatever runs there. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.member;
