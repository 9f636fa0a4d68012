package io.gds.database.datasource;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tells whether a connection leads where writes are taken. Asked for the connections that are handed out in the first
 * minute after a hold; called on the thread that checks out; must be thread-safe.
 */
@FunctionalInterface
public interface ConnectionCheck {
    /**
     * Asks the server.
     *
     * @param connection not handed out yet; may be dead
     * @return whether writes would be taken
     * @throws SQLException when it is dead
     */
    boolean takesWrites(Connection connection) throws SQLException;

    /** Asks a PostgreSQL server whether it has left recovery. */
    static ConnectionCheck postgres() {
        return connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT NOT pg_is_in_recovery()")) {
                return row.next() && row.getBoolean(1);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback(); // the question has begun a transaction that is nobody's
                }
            }
        };
    }
}
