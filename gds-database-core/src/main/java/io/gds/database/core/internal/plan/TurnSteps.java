package io.gds.database.core.internal.plan;

import io.gds.database.gate.Gates;
import io.gds.database.plan.Gate;
import io.gds.database.plan.GateRule;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Strategy;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lays the turns of the members of one cluster, or of one part of it. Confined to the drafting of one plan. */
final class TurnSteps {
    private final StepLine line;
    private final MemberSteps members;
    private final PrimarySteps primaryTurn;
    private final Topology topology;
    private final RollingVerbs verbs;

    TurnSteps(StepLine line, Topology topology, RollingVerbs verbs) {
        this.topology = topology;
        this.verbs = verbs;
        this.line = line;
        this.members = new MemberSteps(line, topology, verbs);
        this.primaryTurn = new PrimarySteps(line, members, topology, verbs);
    }

    /**
     * Lays the turns of all members.
     *
     * @param followers whom to patch before the primary, in this order
     * @param mayTakeOver who may become primary
     * @param patchPrimary whether the primary needs the patch
     * @param turnsInPlace whether the primary can be restarted in place
     */
    void turns(List<String> followers, List<String> mayTakeOver, boolean patchPrimary, boolean turnsInPlace) {
        downloads(followers, patchPrimary);
        line.inside(
                verbs.brackets(new BracketScope(BracketScope.Kind.RUN, ""), topology, request()),
                line.whole(),
                "",
                () -> inTurn(followers, mayTakeOver, patchPrimary, turnsInPlace));
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

    private void inTurn(List<String> followers, List<String> mayTakeOver, boolean patchPrimary, boolean turnsInPlace) {
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
        line.plan().lock(line.memberDown(), together);
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
            line.ready(name + "-ready", line.whole());
            gate(name + "-health", Gates.healthy(Duration.ZERO));
        }
    }

    private void gate(String name, GateRule rule) {
        line.add(line.cluster(name, ClusterHandlers.GATE, "Go on when the gate " + name + " is open")
                .gate(new Gate(line.named(name), rule)));
    }
}
