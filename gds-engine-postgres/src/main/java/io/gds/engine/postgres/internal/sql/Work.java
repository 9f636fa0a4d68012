package io.gds.engine.postgres.internal.sql;

import java.sql.SQLException;

/**
 * What is done on one connection.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface Work<T> {
    /** Does it; the session is not kept. */
    T on(Session session) throws SQLException;
}
