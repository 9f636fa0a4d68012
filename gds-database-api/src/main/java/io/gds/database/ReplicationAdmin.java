package io.gds.database;

import java.util.List;

/** Replication of a cluster. Thread-safe; calls block. */
public interface ReplicationAdmin {
    /** How every member replicates. */
    List<ReplicationStatus> replicationStatus();

    /**
     * A planned, lossless change of roles (a switchover), or, when the primary is proven dead, a failover to the target.
     * For changes that must survive a crash of this process use a plan.
     *
     * @param target the member to become primary
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-FAILOVER-REFUSED} when the target is not
     *     fit, or when a living primary cannot hand over
     */
    OperationResult failover(String target);
}
