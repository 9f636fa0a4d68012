package io.gds.database.testkit.mssql;

/** Whether a replica's commits wait for each other. */
public enum AvailabilityMode {
    /** The primary does not wait for this replica. */
    ASYNCHRONOUS_COMMIT(0),
    /** The primary waits until this replica has hardened what is committed. */
    SYNCHRONOUS_COMMIT(1),
    /** A witness without databases, of groups with the cluster type EXTERNAL. */
    CONFIGURATION_ONLY(4);

    private final int number;

    AvailabilityMode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
