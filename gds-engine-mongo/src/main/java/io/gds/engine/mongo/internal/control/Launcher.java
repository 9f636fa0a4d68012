package io.gds.engine.mongo.internal.control;

import java.util.OptionalLong;

/** How the process of one member is found, started and told to end on its own host. Thread-safe. */
interface Launcher {
    /** Its process; empty when there is none. */
    OptionalLong process();

    /**
     * Starts it and returns when it answers or has failed. Of a unit that is of a simple type nobody knows: it may end later.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code MONGO-START-FAILED} and what it said
     */
    void start();

    /** Tells it to end by a signal and returns at once. */
    void signal();

    /** Whether it is down and did not end in order. */
    boolean hasCrashed();

    /** How it ended the last time, in words; empty when in order, and where a failed start has said it already. */
    String ending();
}
