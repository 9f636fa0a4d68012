package io.gds.engine.mssql.internal.group;

/** Who decides which replica is primary. Source: {@code sys.availability_groups.cluster_type}, 2017 and later. */
public enum ClusterType {
    /** The Windows cluster. */
    WSFC,
    /** Another cluster, such as Pacemaker. */
    EXTERNAL,
    /** Nobody: a group for reading, whose primary is changed by hand. */
    NONE;

    static ClusterType of(long number) {
        return values()[Math.toIntExact(number)];
    }
}
