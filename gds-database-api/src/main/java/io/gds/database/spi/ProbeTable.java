package io.gds.database.spi;

import java.util.Optional;

/**
 * The facet of an engine that supplies the availability probe's writer. Thread-safe.
 *
 * <p>{@link #create} and {@link #drop} are called by steps of a plan and must be idempotent.
 */
public interface ProbeTable {
    /** Makes the table through the application's endpoint. */
    void create(String name);

    /** Whether the table is there; empty when it cannot be told now. */
    Optional<Boolean> exists(String name);

    /** Removes the table. */
    void drop(String name);

    /**
     * Opens one client.
     *
     * @param name the table
     * @param client the client's number; rows of different clients do not meet
     */
    WriteProbe client(String name, int client);
}
