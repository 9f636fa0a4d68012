package io.gds.database.core.internal.run;

import io.gds.database.DatabaseEngine;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Topology;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Asks everybody what they would do now; changes and journals nothing. */
public final class DryRun {
    private final Plan plan;
    private final DatabaseEngine engine;
    private final Handlers handlers;
    private final Clock clock;

    /** A dry run of a plan. */
    public DryRun(Plan plan, DatabaseEngine engine, Handlers handlers, Clock clock) {
        this.plan = plan;
        this.engine = engine;
        this.handlers = handlers;
        this.clock = clock;
    }

    /** Fresh findings: identity, and the engine's pre-flight for the version that the plan names. */
    public List<Finding> findings() {
        List<Finding> out = new ArrayList<>();
        Topology now = engine.topology();
        if (!now.fingerprint().equals(plan.fingerprint())) {
            out.add(Finding.block(
                    "GDS-TOPOLOGY-CHANGED",
                    now.cluster(),
                    "identity " + now.fingerprint() + " at " + clock.instant(),
                    "identity " + plan.fingerprint() + ", as it was planned",
                    "plan again."));
        }
        for (Step s : plan.steps()) {
            Params p = s.params();
            if (p.has("fingerprint") && p.has("version")) {
                PatchRequest request = PatchRequest.to(p.string("version"));
                for (Params o : p.objects("overrides")) {
                    request = request.override(o.string("name"), o.string("by"), o.string("reason"));
                }
                PatchRequest asked = request;
                engine.facet(RollingVerbs.class).ifPresent(v -> out.addAll(v.preFlight(asked)));
            }
        }
        return out;
    }

    /** A line for each step, as its handler says it. */
    public List<String> steps() {
        return plan.steps().stream()
                .map(s -> s.id() + ": " + handlers.get(s.action()).describe(s.params()))
                .toList();
    }
}
