/** Which packages bring an instance from which build to which: {@code hotfix_mapping.json}. */
@org.jspecify.annotations.NullMarked
package io.gds.engine.mssql.internal.mapping;
