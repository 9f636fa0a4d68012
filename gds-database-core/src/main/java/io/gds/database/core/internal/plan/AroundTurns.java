package io.gds.database.core.internal.plan;

import io.gds.database.plan.BracketEnd;
import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Retry;
import io.gds.database.plan.Step;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepDraft;
import io.gds.database.topology.Topology;
import java.time.Duration;

/** Lays what stands around the turns of all members: checks, the probe, and what comes afterwards. */
final class AroundTurns {
    private final StepLine line;
    private final Topology topology;

    AroundTurns(StepLine line, Topology topology) {
        this.line = line;
        this.topology = topology;
    }

    /** Looks once more at everything that the plan rests on. */
    void check() {
        Step.Builder check = checked();
        line.add(line.primary().isEmpty() ? check : check.param("primary", line.primary()));
    }

    /** The same for a hop of an upgrade; who leads by then does not matter. */
    void checkHop() {
        line.ready("hop-ready", line.whole());
        line.add(checked().param(ClusterHandlers.UPGRADE, true));
    }

    private Step.Builder checked() {
        return line.cluster("check", ClusterHandlers.CHECK, "Check identity, roles and findings once more")
                .param("fingerprint", topology.fingerprint())
                .param("version", request().target().toString())
                .param("overrides", VerbHandler.overrides(request()));
    }

    /** Lays the turns between the first look and the last one, with the probe around them when availability is measured. */
    void lay(boolean probe, Runnable turns) {
        line.ready("first-ready", line.whole()); // on a way back it is the last look
        if (probe) {
            line.add(probeEnd("probe-open", ProbeHandlers.OPEN, BracketEnd.Side.OPENS));
        }
        turns.run();
        line.ready("final-ready", line.whole());
        line.add(line.cluster("post-flight", ClusterHandlers.POST_FLIGHT, "Check versions, roles and replication")
                .param("version", request().target().toString())
                .timeout(Duration.ofMinutes(2)));
        if (probe) {
            line.add(probeEnd("probe-close", ProbeHandlers.CLOSE, BracketEnd.Side.CLOSES)
                    .onFailure(OnFailure.CONTINUE));
        }
    }

    /** What the engine wants behind everything else. */
    void afterwards(RollingVerbs verbs) {
        for (StepDraft after : verbs.afterwards(topology, request())) {
            line.add(line.cluster(after.name(), after.action().toString(), after.title())
                    .params(after.params())
                    .gate(after.gate())
                    .onFailure(OnFailure.CONTINUE) // the patch is done; it does not go back for what comes behind it
                    .seal());
        }
    }

    private PatchRequest request() {
        return line.request();
    }

    private Step.Builder probeEnd(String id, String action, BracketEnd.Side side) {
        Params p = Params.of(
                "interval",
                request().probe().interval(),
                "clients",
                request().probe().clients());
        Params withSlo = request()
                .probe()
                .maxWriteGap()
                .map(g -> p.with("maxWriteGap", g))
                .orElse(p);
        return line.cluster(
                        id,
                        action,
                        side == BracketEnd.Side.OPENS
                                ? "Create the probe's table and write every "
                                        + request().probe().interval().toMillis() + " ms"
                                : "Stop the probe, prove every acknowledged write, drop its table")
                .params(withSlo)
                .retry(new Retry(3, Duration.ofSeconds(1)))
                .bracket(new BracketEnd(line.named("probe"), side, Urgency.CALM));
    }
}
