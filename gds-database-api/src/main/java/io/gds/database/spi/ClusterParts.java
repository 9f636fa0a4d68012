package io.gds.database.spi;

import io.gds.database.topology.Topology;
import java.util.List;

/**
 * The facet of a cluster that is made of clusters, such as shards and the servers of their configuration: each has a primary and
 * followers of its own, or equal members and no primary. The names of members are unique in the whole, so that the verbs of the
 * whole know which part a member belongs to; where a verb is told a part instead of a member, it is the part's name.
 *
 * <p>Thread-safe.
 */
public interface ClusterParts {
    /**
     * The parts in the order of their turns. Those of one list take them side by side. A part's topology has the part's name as
     * its cluster. A cluster that turns out to be in one piece answers with the whole itself, as the one part of one list: its plan is that of a
     * cluster without this facet.
     *
     * @param whole what was seen
     * @param atOnce how many parts may have their turns at the same time, 1 or more
     */
    List<List<Topology>> turns(Topology whole, int atOnce);
}
