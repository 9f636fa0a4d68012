package io.gds.database;

/** Starting and stopping of servers. Thread-safe; calls block until done or failed. */
public interface PowerAdmin {
    /** Starts every member that is down. */
    OperationResult startup();

    /**
     * Stops every member, followers last.
     *
     * @param force ends sessions and skips the orderly end; the next start recovers
     */
    OperationResult shutdown(boolean force);
}
