package io.gds.database.testkit.mssql;

/** How the data of a database move to a replica. */
public enum SynchronizationState {
    /** They do not. */
    NOT_SYNCHRONIZING(0),
    /** They do, and some are on their way. */
    SYNCHRONIZING(1),
    /** All are there, and commits wait for more of them. */
    SYNCHRONIZED(2);

    private final int number;

    SynchronizationState(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    String text() {
        return name().replace('_', ' ');
    }
}
