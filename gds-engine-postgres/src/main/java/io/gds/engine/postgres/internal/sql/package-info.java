/** Connections to members and SQL whose identifiers are quoted by type. */
@NullMarked
package io.gds.engine.postgres.internal.sql;

import org.jspecify.annotations.NullMarked;
