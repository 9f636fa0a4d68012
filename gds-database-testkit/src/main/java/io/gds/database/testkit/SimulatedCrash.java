package io.gds.database.testkit;

/** The end of a simulated process. An error, so that nobody in between takes it for an answer. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String where) {
        super(where, null, false, false);
    }
}
