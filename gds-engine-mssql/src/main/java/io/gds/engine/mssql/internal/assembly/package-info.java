/** Where the parts are put together. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.assembly;
