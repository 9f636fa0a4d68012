package io.gds.engine.mssql.internal.group;

/** What a replica is now. Source: {@code sys.dm_hadr_availability_replica_states.role}. */
public enum ReplicaRole {
    /** Nobody knows yet, or it does not know itself. */
    RESOLVING,
    /** It accepts writes. */
    PRIMARY,
    /** It follows. */
    SECONDARY;

    static ReplicaRole of(long number) {
        return values()[Math.toIntExact(number)];
    }
}
