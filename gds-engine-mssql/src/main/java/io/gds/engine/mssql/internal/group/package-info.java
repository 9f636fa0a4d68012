/** What every instance says of the availability groups that it is in, and what that comes to. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.group;
