package io.gds.database.core.internal.plan;

import io.gds.database.gate.Gates;
import io.gds.database.plan.BracketEnd;
import io.gds.database.plan.Gate;
import io.gds.database.plan.GateRule;
import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Retry;
import io.gds.database.plan.Step;
import io.gds.database.plan.Strategy;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepDraft;
import io.gds.database.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lays the steps of a rolling patch. Confined to one call of {@link RollingPatch#draft}. */
final class RollingSkeleton {
    private final StepLine line;
    private final MemberSteps members;
    private final PrimarySteps primaryTurn;
    private final Topology topology;
    private final RollingVerbs verbs;

    RollingSkeleton(Plan.Builder plan, Topology topology, PatchRequest request, String primary, RollingVerbs verbs) {
        this.topology = topology;
        this.verbs = verbs;
        this.line = new StepLine(plan, request, primary);
        this.members = new MemberSteps(line, topology, verbs);
        this.primaryTurn = new PrimarySteps(line, members, topology, verbs);
    }

    /**
     * Lays the steps.
     *
     * @param followers whom to patch before the primary, in this order
     * @param mayTakeOver who may become primary
     * @param patchPrimary whether the primary needs the patch
     * @param turnsInPlace whether the primary can be restarted in place
     * @param probe whether availability is measured
     */
    void build(
            List<String> followers,
            List<String> mayTakeOver,
            boolean patchPrimary,
            boolean turnsInPlace,
            boolean probe) {
        line.add(line.cluster("check", ClusterHandlers.CHECK, "Check identity, roles and findings once more")
                .param("fingerprint", topology.fingerprint())
                .param("primary", line.primary())
                .param("version", request().target().toString())
                .param("overrides", VerbHandler.overrides(request())));
        line.ready("first-ready", StepLine.CLUSTER); // on a way back it is the last look
        if (probe) {
            line.add(probeEnd("probe-open", ProbeHandlers.OPEN, BracketEnd.Side.OPENS));
        }
        downloads(followers, patchPrimary);
        line.inside(
                verbs.brackets(new BracketScope(BracketScope.Kind.RUN, ""), topology, request()),
                StepLine.CLUSTER,
                "",
                () -> turns(followers, mayTakeOver, patchPrimary, turnsInPlace));
        line.ready("final-ready", StepLine.CLUSTER);
        line.add(line.cluster("post-flight", ClusterHandlers.POST_FLIGHT, "Check versions, roles and replication")
                .param("version", request().target().toString())
                .timeout(Duration.ofMinutes(2)));
        if (probe) {
            line.add(probeEnd("probe-close", ProbeHandlers.CLOSE, BracketEnd.Side.CLOSES)
                    .onFailure(OnFailure.CONTINUE));
        }
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

    private void downloads(List<String> followers, boolean patchPrimary) {
        if (verbs.downloads()) {
            List<String> all = new ArrayList<>(followers);
            if (patchPrimary) {
                all.add(line.primary());
            }
            line.sideBySide(
                    all.stream().<Runnable>map(m -> () -> members.download(m)).toList());
        }
    }

    private void turns(List<String> followers, List<String> mayTakeOver, boolean patchPrimary, boolean turnsInPlace) {
        if (!followers.isEmpty()) {
            waves(followers);
        }
        if (patchPrimary) {
            members.together(1);
            if ((mayTakeOver.isEmpty() && !turnsInPlace) || request().strategy().kind() == Strategy.Kind.ALL_AT_ONCE) {
                members.turn(line.primary(), true);
            } else {
                primaryTurn.turn(mayTakeOver, turnsInPlace);
            }
        }
    }

    private void waves(List<String> followers) {
        List<List<String>> groups = groups(followers);
        // canaries are few but one after another; only waves take several members down at the same time
        boolean parallel = request().strategy().kind() == Strategy.Kind.WAVES
                || request().strategy().kind() == Strategy.Kind.ALL_AT_ONCE;
        int together = parallel ? groups.stream().mapToInt(List::size).max().orElse(1) : 1;
        members.together(together);
        line.plan().lock(MemberSteps.MEMBER_DOWN, together);
        for (int i = 0; i < groups.size(); i++) {
            List<String> group = groups.get(i);
            if (parallel) {
                line.sideBySide(group.stream()
                        .<Runnable>map(m -> () -> members.turn(m, false))
                        .toList());
            } else {
                group.forEach(m -> members.turn(m, false));
            }
            if (i == 0) {
                gate();
            }
        }
    }

    private List<List<String>> groups(List<String> followers) {
        List<List<String>> out = new ArrayList<>();
        Strategy s = request().strategy();
        int at = 0;
        while (at < followers.size()) {
            int size =
                    switch (s.kind()) {
                        case ROLLING -> 1;
                        case CANARY -> out.isEmpty() ? s.sizes().get(0) : 1;
                        case WAVES, ALL_AT_ONCE ->
                            s.sizes().get(Math.min(out.size(), s.sizes().size() - 1));
                    };
            int end = (int) Math.min(followers.size(), (long) at + size);
            out.add(followers.subList(at, end));
            at = end;
        }
        return out;
    }

    /**
     * After the soak and the people's word: a cluster that lost its primary meanwhile gets it back, and only a healthy one
     * goes on. Health is no part of the first gate: nothing could heal while that one waits for it.
     */
    private void gate() {
        Strategy s = request().strategy();
        List<GateRule> rules = new ArrayList<>();
        if (!s.soak().isZero()) {
            rules.add(Gates.elapsed(s.soak()));
        }
        s.gate().ifPresent(rules::add);
        if (rules.isEmpty()) {
            return;
        }
        GateRule rule = rules.size() == 1 ? rules.get(0) : new GateRule.AllOf(rules);
        String name = s.kind() == Strategy.Kind.CANARY ? "after-canary" : "after-wave-1";
        gate(name, rule);
        if (!s.soak().isZero()) {
            line.ready(name + "-ready", StepLine.CLUSTER);
            gate(name + "-health", Gates.healthy(Duration.ZERO));
        }
    }

    private void gate(String name, GateRule rule) {
        line.add(line.cluster(name, ClusterHandlers.GATE, "Go on when the gate " + name + " is open")
                .gate(new Gate(name, rule)));
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
                .bracket(new BracketEnd("probe", side, Urgency.CALM));
    }
}
