package io.gds.database.testkit.tds;

/** What stands behind a {@link TdsServer}: it lets clients in. Called on the thread of each connection, so thread-safe. */
@FunctionalInterface
public interface SqlEndpoint {
    /**
     * Opens a session.
     *
     * @throws SqlFailure when the login is refused; the client gets the error and the connection ends
     */
    SqlSession login(Login login) throws SqlFailure;
}
