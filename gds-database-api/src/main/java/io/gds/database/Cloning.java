package io.gds.database;

import java.util.List;
import java.util.Optional;

/** Ephemeral copies of a cluster. Thread-safe; calls block. */
public interface Cloning {
    /**
     * Copies the cluster from one of its members into an isolated, running server of its own.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-CLONE-REFUSED} when it cannot be copied
     *     faithfully; nothing is left behind
     */
    ClusterClone cloneCluster(CloneRequest request);

    /** A clone that exists, by its id, from whichever process made it. */
    Optional<ClusterClone> findClone(String id);

    /** Ids of all clones that exist on the clone host. */
    List<String> clones();

    /** Removes clones whose owner died; returns their ids. Also done before a new clone is made. */
    List<String> sweepClones();
}
