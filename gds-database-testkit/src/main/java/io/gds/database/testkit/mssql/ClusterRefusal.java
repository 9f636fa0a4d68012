package io.gds.database.testkit.mssql;

/** What the cluster says no with. */
final class ClusterRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClusterRefusal(String message) {
        super(message);
    }
}
