package io.gds.database.core.internal.plan;

import io.gds.database.gate.Gates;
import io.gds.database.plan.BracketEnd;
import io.gds.database.plan.Gate;
import io.gds.database.plan.GateRule;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Retry;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.plan.Strategy;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lays the steps of a rolling patch. Confined to one call of {@link RollingPatch#draft}. */
final class RollingSkeleton {
    static final StepId CHOOSE = StepId.of("choose-candidate");

    private static final String CLUSTER = "cluster";
    private static final String MEMBER_DOWN = "member-down";

    /** An answer may be lost while the effect happens, and such an effect is only found unfinished; it is called again. */
    private static final Retry ANSWER_LOST = new Retry(3, Duration.ofSeconds(1));

    private final Topology topology;
    private final PatchRequest request;
    private final String primary;
    private final RollingVerbs verbs;
    private Set<StepId> last = Set.of();
    /** How many members this plan takes down at the same time. */
    private int together = 1;

    RollingSkeleton(Topology topology, PatchRequest request, String primary, RollingVerbs verbs) {
        this.topology = topology;
        this.request = request;
        this.primary = primary;
        this.verbs = verbs;
    }

    void build(
            Plan.Builder plan, List<String> followers, List<String> mayTakeOver, boolean patchPrimary, boolean probe) {
        add(
                plan,
                cluster("check", ClusterHandlers.CHECK, "Check identity, roles and findings once more")
                        .param("fingerprint", topology.fingerprint())
                        .param("primary", primary)
                        .param("version", request.target().toString())
                        .param("overrides", VerbHandler.overrides(request)));
        if (probe) {
            add(plan, probeEnd("probe-open", ProbeHandlers.OPEN, BracketEnd.Side.OPENS));
        }
        List<BracketDraft> runBrackets = verbs.brackets(new BracketScope(BracketScope.Kind.RUN, ""), topology, request);
        runBrackets.forEach(b -> open(plan, b, CLUSTER, ""));
        if (!followers.isEmpty()) {
            waves(plan, followers);
        }
        if (patchPrimary) {
            together = 1;
            if (mayTakeOver.isEmpty() || request.strategy().kind() == Strategy.Kind.ALL_AT_ONCE) {
                member(plan, primary, true);
            } else {
                switchover(plan, mayTakeOver);
                member(plan, primary, false);
                add(
                        plan,
                        step(primary + "-home", MemberHandlers.START, primary, "Make sure that " + primary + " is back")
                                // its own start has just seen it in order for as long as the request wants
                                .params(Params.of("member", primary, "stableFor", Duration.ZERO))
                                .retry(ANSWER_LOST)
                                .closes("away-" + primary));
            }
        }
        reversed(runBrackets).forEach(b -> close(plan, b, CLUSTER, ""));
        ready(plan, "final-ready", CLUSTER);
        add(
                plan,
                cluster("post-flight", ClusterHandlers.POST_FLIGHT, "Check versions, roles and replication")
                        .param("version", request.target().toString())
                        .timeout(Duration.ofMinutes(2)));
        if (probe) {
            add(
                    plan,
                    probeEnd("probe-close", ProbeHandlers.CLOSE, BracketEnd.Side.CLOSES)
                            .onFailure(io.gds.database.plan.OnFailure.CONTINUE));
        }
    }

    private void waves(Plan.Builder plan, List<String> followers) {
        List<List<String>> groups = groups(followers);
        // canaries are few but one after another; only waves take several members down at the same time
        boolean parallel = request.strategy().kind() == Strategy.Kind.WAVES
                || request.strategy().kind() == Strategy.Kind.ALL_AT_ONCE;
        together = parallel ? groups.stream().mapToInt(List::size).max().orElse(1) : 1;
        plan.lock(MEMBER_DOWN, together);
        for (int i = 0; i < groups.size(); i++) {
            Set<StepId> before = last;
            Set<StepId> ends = new LinkedHashSet<>();
            for (String m : groups.get(i)) {
                last = parallel ? before : last;
                member(plan, m, false);
                ends.addAll(last);
            }
            last = parallel ? ends : last;
            if (i == 0) {
                gate(plan);
            }
        }
    }

    private List<List<String>> groups(List<String> followers) {
        List<List<String>> out = new ArrayList<>();
        Strategy s = request.strategy();
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
    private void gate(Plan.Builder plan) {
        Strategy s = request.strategy();
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
        gate(plan, name, rule);
        if (!s.soak().isZero()) {
            ready(plan, name + "-ready", CLUSTER);
            gate(plan, name + "-health", Gates.healthy(Duration.ZERO));
        }
    }

    private void gate(Plan.Builder plan, String name, GateRule rule) {
        add(
                plan,
                cluster(name, ClusterHandlers.GATE, "Go on when the gate " + name + " is open")
                        .gate(new Gate(name, rule)));
    }

    private void member(Plan.Builder plan, String m, boolean inPlace) {
        ready(plan, m + "-ready", m);
        List<BracketDraft> around = verbs.brackets(new BracketScope(BracketScope.Kind.MEMBER, m), topology, request);
        around.forEach(b -> open(plan, b, m, m + "-"));
        Params base = Params.of("member", m, "mayBeDown", together).with("overrides", VerbHandler.overrides(request));
        add(
                plan,
                step(m + "-stop", MemberHandlers.STOP, m, "Stop " + m)
                        .params(inPlace ? base.with("inPlace", true) : base)
                        .lock(MEMBER_DOWN, 1)
                        .retry(ANSWER_LOST)
                        .opens("down-" + m));
        StepId install = StepId.of(m + "-install");
        add(
                plan,
                step(install.value(), MemberHandlers.INSTALL, m, "Install " + request.target() + " on " + m)
                        .params(Params.of(
                                "member", m, "version", request.target().toString()))
                        .retry(new Retry(2, Duration.ofSeconds(1)))
                        .undo(MemberHandlers.INSTALL, Params.of("member", m, "version", Params.ref(install, "from"))));
        add(
                plan,
                step(m + "-start", MemberHandlers.START, m, "Start " + m + " and wait until it is back")
                        .params(Params.of("member", m, "stableFor", request.stableFor()))
                        .retry(ANSWER_LOST)
                        .closes("down-" + m));
        reversed(around).forEach(b -> close(plan, b, m, m + "-"));
    }

    private void switchover(Plan.Builder plan, List<String> mayTakeOver) {
        String to = Params.ref(CHOOSE, "candidate");
        ready(plan, "switchover-ready", CLUSTER);
        add(
                plan,
                cluster(CHOOSE.value(), ClusterHandlers.CHOOSE, "Choose who takes over among " + mayTakeOver)
                        .param("allowed", mayTakeOver)
                        .param("version", request.target().toString()));
        add(
                plan,
                step(primary + "-away", MemberHandlers.AWAY, primary, "From here on " + primary + " may be down")
                        .params(Params.of("member", primary))
                        .opens("away-" + primary));
        List<BracketDraft> around =
                verbs.brackets(new BracketScope(BracketScope.Kind.SWITCHOVER, ""), topology, request);
        around.forEach(b -> open(plan, b, CLUSTER, ""));
        add(
                plan,
                cluster("settle", ClusterHandlers.SETTLE, "Checkpoint both sides, so that the switchover is short")
                        .params(Params.of("from", primary, "to", to)));
        add(
                plan,
                cluster("switchover", ClusterHandlers.SWITCHOVER, "Switch over from " + primary + " to the candidate")
                        .params(Params.of("from", primary, "to", to, "formerStaysDown", true)
                                .with("overrides", VerbHandler.overrides(request)))
                        .retry(new Retry(5, Duration.ofMillis(200)))
                        .undo(
                                ClusterHandlers.SWITCHOVER,
                                Params.of("from", to, "to", primary, "formerStaysDown", false)));
        reversed(around).forEach(b -> close(plan, b, CLUSTER, ""));
    }

    private void ready(Plan.Builder plan, String id, String target) {
        add(
                plan,
                step(id, ClusterHandlers.READY, target, "Make sure that the primary serves")
                        .undo(ClusterHandlers.READY, Params.empty()));
    }

    private void open(Plan.Builder plan, BracketDraft b, String target, String prefix) {
        add(
                plan,
                step(prefix + b.name() + "-open", b.open().toString(), target, b.title())
                        .params(placed(b.openParams()))
                        .retry(new Retry(2, Duration.ofMillis(500)))
                        .bracket(new BracketEnd(prefix + b.name(), BracketEnd.Side.OPENS, b.urgent())));
    }

    private void close(Plan.Builder plan, BracketDraft b, String target, String prefix) {
        add(
                plan,
                step(prefix + b.name() + "-close", b.close().toString(), target, "Restore: " + b.title())
                        .params(placed(b.closeParams()))
                        .retry(new Retry(3, Duration.ofMillis(500)))
                        .bracket(new BracketEnd(prefix + b.name(), BracketEnd.Side.CLOSES, b.urgent())));
    }

    /** Engines write {@code ${from}} and {@code ${to}}: they do not know the step that chooses. */
    private Params placed(Params p) {
        Params out = p;
        for (String key : List.of("from", "to")) {
            Optional<String> v = p.has(key) ? p.optionalString(key) : Optional.empty();
            if (v.filter("${from}"::equals).isPresent()) {
                out = out.with(key, primary);
            } else if (v.filter("${to}"::equals).isPresent()) {
                out = out.with(key, Params.ref(CHOOSE, "candidate"));
            }
        }
        return out;
    }

    private Step.Builder probeEnd(String id, String action, BracketEnd.Side side) {
        Params p = Params.of(
                "interval",
                request.probe().interval(),
                "clients",
                request.probe().clients());
        Params withSlo =
                request.probe().maxWriteGap().map(g -> p.with("maxWriteGap", g)).orElse(p);
        return cluster(
                        id,
                        action,
                        side == BracketEnd.Side.OPENS
                                ? "Create the probe's table and write every "
                                        + request.probe().interval().toMillis() + " ms"
                                : "Stop the probe, prove every acknowledged write, drop its table")
                .params(withSlo)
                .retry(new Retry(3, Duration.ofSeconds(1)))
                .bracket(new BracketEnd("probe", side, false));
    }

    private Step.Builder cluster(String id, String action, String title) {
        return step(id, action, CLUSTER, title);
    }

    private Step.Builder step(String id, String action, String target, String title) {
        return Step.of(id, action, target).title(title).timeout(request.memberTimeout());
    }

    private void add(Plan.Builder plan, Step.Builder step) {
        last.forEach(step::after);
        Step built = step.build();
        plan.step(built);
        last = Set.of(built.id());
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> out = new ArrayList<>(list);
        Collections.reverse(out);
        return out;
    }
}
