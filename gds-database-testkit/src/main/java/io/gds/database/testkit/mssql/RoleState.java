package io.gds.database.testkit.mssql;

/**
 * What a role of a failover cluster is doing.
 *
 * <p>Source: CLUSTER_GROUP_STATE of the cluster API.
 */
public enum RoleState {
    /** All of it runs. */
    ONLINE("Online", 0),
    /** None of it runs, as somebody wished. */
    OFFLINE("Offline", 1),
    /** It does not run, and the cluster has given up. */
    FAILED("Failed", 2),
    /** It is on its way. */
    PENDING("Pending", 4);

    private final String text;
    private final int number;

    RoleState(String text, int number) {
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
