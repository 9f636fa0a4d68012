package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.Finding;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.UpgradeRequest;
import io.gds.database.spi.UpgradeVerbs;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.ShardedEngine;
import io.gds.engine.mongo.internal.kernel.PreFlight;
import io.gds.engine.mongo.internal.kernel.ShardedHealth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Upgrades of a sharded cluster: the same way for all parts, and one end of each hop for the whole. */
public final class ShardedUpgrade implements UpgradeVerbs {
    private final ShardedEngine cluster;
    private final List<MongoUpgrade> sets;
    private final RouterVerbs routers;

    /** The upgrades of a cluster. */
    public ShardedUpgrade(ShardedEngine cluster) {
        this.cluster = cluster;
        this.sets = cluster.sets().stream().map(MongoUpgrade::new).toList();
        this.routers = new RouterVerbs(cluster.routers());
    }

    /** The longest of all sets' ways: one that was upgraded already, by a run that was given up, is left alone on it. */
    @Override
    public List<EngineVersion> way(UpgradeRequest request) {
        List<EngineVersion> longest = List.of();
        for (MongoUpgrade set : sets) {
            List<EngineVersion> way = set.way(request);
            longest = way.size() > longest.size() ? way : longest;
        }
        return longest;
    }

    @Override
    public List<Finding> preFlight(UpgradeRequest request, List<EngineVersion> way) {
        Set<Finding> out = new LinkedHashSet<>(); // what is true of the way is said by every set
        sets.forEach(s -> out.addAll(s.preFlight(request, way)));
        out.addAll(routers.preFlight(request.hop(way.get(0))));
        way.subList(1, way.size()).forEach(v -> out.addAll(routers.available(v)));
        out.addAll(new ShardedHealth(cluster).findings());
        return List.copyOf(out);
    }

    @Override
    public List<Finding> hopPreFlight(PatchRequest hop) {
        List<Finding> out = new ArrayList<>();
        cluster.sets().forEach(s -> out.addAll(new PreFlight(s).hop(hop)));
        out.addAll(routers.preFlight(hop));
        out.addAll(new ShardedHealth(cluster).findings());
        return List.copyOf(out);
    }

    @Override
    public String leadsAfter(Topology before) {
        return sets.get(0).leadsAfter(before);
    }

    @Override
    public Finish finish(EngineVersion before, EngineVersion version) {
        return sets.get(0).finish(before, version);
    }
}
