package io.gds.database.testkit.mssql;

/**
 * What a node of a failover cluster is doing.
 *
 * <p>Source: sys.dm_os_cluster_nodes; CLUSTER_NODE_STATE of the cluster API, which has the same numbers.
 */
public enum ClusterNodeState {
    /** It takes part. */
    UP("Up", 0),
    /** It does not answer the others. */
    DOWN("Down", 1),
    /** It keeps what it has and takes nothing new. */
    PAUSED("Paused", 2);

    private final String text;
    private final int number;

    ClusterNodeState(String text, int number) {
        this.text = text;
        this.number = number;
    }

    String text() {
        return text;
    }

    int number() {
        return number;
    }
}
