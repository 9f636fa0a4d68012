/** What may be done to availability groups now, computed from live facts each time it is asked. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.kernel;
