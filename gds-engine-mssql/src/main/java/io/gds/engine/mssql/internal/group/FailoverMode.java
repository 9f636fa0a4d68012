package io.gds.engine.mssql.internal.group;

/** How a replica becomes primary. Source: {@code sys.availability_replicas.failover_mode}. */
public enum FailoverMode {
    /** By the cluster, when the primary is gone. */
    AUTOMATIC,
    /** By a statement. */
    MANUAL,
    /** By another cluster than that of Windows. */
    EXTERNAL;

    static FailoverMode of(long number) {
        return values()[Math.toIntExact(number)];
    }
}
