package io.gds.database.testkit.mssql;

/** Who may fail a group over to a replica. */
public enum FailoverMode {
    /** The cluster, by itself. */
    AUTOMATIC(0),
    /** Somebody. */
    MANUAL(1),
    /** Another cluster manager, such as Pacemaker. */
    EXTERNAL(2);

    private final int number;

    FailoverMode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
