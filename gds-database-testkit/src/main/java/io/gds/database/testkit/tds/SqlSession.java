package io.gds.database.testkit.tds;

import java.util.List;

/** One logged-in client. Everything but {@link #attention} is called on one thread, one call after the other. */
public interface SqlSession extends AutoCloseable {
    /**
     * Executes one request. Its outcomes reach the client in their order. When the client cancels or goes away, the thread is
     * interrupted.
     *
     * @throws SqlFailure in place of all outcomes; severity 20 and above ends the connection
     * @throws InterruptedException when it was interrupted; the answer is then cut
     */
    List<SqlOutcome> execute(SqlBatch batch) throws SqlFailure, InterruptedException;

    /** Its number, which {@code @@SPID} gives; told once, before anything is executed. */
    default void number(int id) {}

    /** The client cancels what is executed now, or has gone away. Called on another thread than {@link #execute}. */
    default void attention() {}

    /** The database the session is in; asked once, after the login. */
    String database();

    /** A connection pool hands the connection to its next user: back to what it was after the login. */
    default void reset() {}

    /** The connection has ended, for whatever reason. Called once, and never while {@link #execute} runs. */
    @Override
    default void close() {}
}
