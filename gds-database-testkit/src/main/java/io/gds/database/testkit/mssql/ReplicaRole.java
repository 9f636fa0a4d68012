package io.gds.database.testkit.mssql;

/** What a replica is at the moment. */
public enum ReplicaRole {
    /** Neither of the others: its databases are accessible to nobody. */
    RESOLVING(0),
    /** The one that takes writes. */
    PRIMARY(1),
    /** One that follows. */
    SECONDARY(2);

    private final int number;

    ReplicaRole(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
