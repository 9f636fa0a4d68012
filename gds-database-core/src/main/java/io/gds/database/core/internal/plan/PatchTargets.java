package io.gds.database.core.internal.plan;

import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PlanTarget;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;

/** The members of a cluster as the history lists them: a row for each, also for those that get no turn. */
final class PatchTargets {
    private final Plan.Builder plan;
    private final EngineVersion target;
    private final ClusterTurns.Need need;

    PatchTargets(Plan.Builder plan, EngineVersion target, ClusterTurns.Need need) {
        this.plan = plan;
        this.target = target;
        this.need = need;
    }

    void of(Topology topology) {
        topology.members().forEach(m -> plan.target(row(topology, m)));
    }

    private PlanTarget row(Topology topology, Member m) {
        boolean scheduled = need.of(topology, m.name());
        String from = m.version().map(EngineVersion::toString).orElse("");
        return new PlanTarget(
                m.name(),
                server(m.address()),
                from,
                scheduled ? target.toString() : "",
                scheduled,
                scheduled ? "" : "up to date",
                Params.of(m.attributes()).with("role", m.role().toString()));
    }

    /** The host alone: the port is what tells members of one server apart. */
    private static String server(String address) {
        int colon = address.lastIndexOf(':');
        return colon > address.lastIndexOf(']') && colon > 0 ? address.substring(0, colon) : address;
    }
}
