package io.gds.database.testkit.mssql;

/** Who may read the databases of a secondary replica. */
public enum SecondaryConnections {
    /** Nobody. */
    NO(0),
    /** Clients that say that they only read. */
    READ_ONLY(1),
    /** Everybody. */
    ALL(2);

    private final int number;

    SecondaryConnections(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
