package io.gds.database.testkit.mssql;

/** What keeps the replicas of a group together. */
public enum ClusterType {
    /** Windows Server Failover Cluster. */
    WSFC(0),
    /** Another cluster manager, such as Pacemaker. */
    EXTERNAL(1),
    /** Nothing: a group for reading only. */
    NONE(2);

    private final int number;

    ClusterType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
