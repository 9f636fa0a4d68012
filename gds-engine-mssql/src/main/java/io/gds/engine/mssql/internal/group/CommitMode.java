package io.gds.engine.mssql.internal.group;

/** Whether commits wait for a replica. Source: {@code sys.availability_replicas.availability_mode}. */
public enum CommitMode {
    /** They do not. */
    ASYNCHRONOUS_COMMIT(0),
    /** They do, where the primary is so too. */
    SYNCHRONOUS_COMMIT(1),
    /** It has no databases and only keeps what is configured. */
    CONFIGURATION_ONLY(4);

    private final long number;

    CommitMode(long number) {
        this.number = number;
    }

    static CommitMode of(long number) {
        for (CommitMode each : values()) {
            if (each.number == number) {
                return each;
            }
        }
        throw new IllegalArgumentException("availability_mode " + number);
    }
}
