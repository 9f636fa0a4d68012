/** Updates are tried out on copies of databases, on a sandbox. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.clone;
