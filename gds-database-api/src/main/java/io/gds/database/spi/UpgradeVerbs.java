package io.gds.database.spi;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.UpgradeRequest;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.util.List;

/**
 * The facet of an engine whose members can be brought to another major one by one, besides {@link RollingVerbs}. The core makes
 * the plan: for each hop the turns of a rolling patch, a burn-in, and the step that finishes the hop. Thread-safe.
 */
public interface UpgradeVerbs {
    /**
     * The versions to run one after the other, the last one being the target.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-NO-UPGRADE-PATH} when there is no legal way
     */
    List<EngineVersion> way(UpgradeRequest request);

    /** Everything that speaks against or about the upgrade, from live facts. Reads only. */
    List<Finding> preFlight(UpgradeRequest request, List<EngineVersion> way);

    /** Everything that speaks against the next hop just now, asked right before its first member goes down. Reads only. */
    List<Finding> hopPreFlight(PatchRequest hop);

    /** Who leads when the turns of a hop have gone as planned. */
    String leadsAfter(Topology before);

    /**
     * What finishes a hop: there is no way back behind it.
     *
     * @param before what ran before the hop; of the same major as the version when the programs were put there earlier
     * @param version what runs when the hop is to be finished
     */
    Finish finish(EngineVersion before, EngineVersion version);

    /**
     * The end of a hop.
     *
     * @param action what it does
     * @param params its parameters
     * @param title one line for people
     * @param wayBack how the vendor stands to the way back before it, for the gate
     */
    record Finish(ActionId action, Params params, String title, String wayBack) {}
}
