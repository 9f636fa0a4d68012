package io.gds.engine.postgres.internal.sql;

import java.sql.SQLException;

/**
 * Makes a value of a row.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface RowMapper<T> {
    /** Reads the row's columns; the row is not kept. */
    T map(Row row) throws SQLException;
}
