package io.gds.database.core.internal.plan;

import io.gds.database.DatabaseEngine;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.ClusterParts;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The turns of all members of a cluster: of its own, or of the clusters that it is made of, in their order. Immutable.
 *
 * @param whole what was seen of the whole
 * @param groups one list behind the other, the clusters of a list side by side
 * @param parted whether those are parts of the whole, and not the whole itself
 */
record ClusterTurns(Topology whole, List<List<Led>> groups, boolean parted) {
    /**
     * A cluster and who leads it by then.
     *
     * @param topology what it will be like when its turns begin
     * @param leads empty where all members are equal
     */
    record Led(Topology topology, String leads) {}

    /** Whether a member needs its turn. */
    interface Need {
        boolean of(Topology cluster, String member);
    }

    /**
     * The turns as the cluster is now.
     *
     * @throws io.gds.database.error.GdsDatabaseException when a cluster of its own has no single primary
     */
    static ClusterTurns now(DatabaseEngine engine, int atOnce) {
        Topology whole = engine.topology();
        List<List<Topology>> turns = engine.facet(ClusterParts.class)
                .map(parts -> parts.turns(whole, atOnce))
                .orElseGet(() -> List.of(List.of(whole)));
        if (turns.equals(List.of(List.of(whole)))) {
            Led itself = new Led(whole, RollingPatch.primary(whole).name());
            return new ClusterTurns(whole, List.of(List.of(itself)), false);
        }
        return new ClusterTurns(
                whole,
                turns.stream()
                        .map(group -> group.stream()
                                .map(t ->
                                        new Led(t, t.primary().map(Member::name).orElse("")))
                                .toList())
                        .toList(),
                true);
    }

    /** What follows when each cluster has become another. */
    ClusterTurns each(UnaryOperator<Led> becomes) {
        return new ClusterTurns(
                whole,
                groups.stream().map(g -> g.stream().map(becomes).toList()).toList(),
                parted);
    }

    /** Whose primary the plan as a whole is about; empty where it is made of several. */
    String leads() {
        return whole.primary().map(Member::name).orElse("");
    }

    /** Whether anybody needs a turn. */
    boolean areNeeded(Need need) {
        return groups.stream().flatMap(List::stream).anyMatch(c -> c.topology().members().stream()
                .anyMatch(m -> need.of(c.topology(), m.name())));
    }

    /**
     * Lays them.
     *
     * @param inPlace whether a primary may be restarted where it is
     */
    void lay(StepLine line, DatabaseEngine engine, boolean inPlace, Need need) {
        RollingVerbs verbs = VerbHandler.facet(engine, RollingVerbs.class);
        if (!parted) {
            turns(line, groups.get(0).get(0), verbs, inPlace, need);
            return;
        }
        line.inside(
                verbs.brackets(new BracketScope(BracketScope.Kind.RUN, ""), whole, line.request()),
                line.whole(),
                "",
                () -> groups.forEach(group -> sideBySide(line, group, verbs, inPlace, need)));
    }

    private static void sideBySide(StepLine line, List<Led> group, RollingVerbs verbs, boolean inPlace, Need need) {
        List<StepLine> forks = group.stream()
                .map(c -> line.fork(c.topology().cluster(), c.leads()))
                .toList();
        for (int i = 0; i < forks.size(); i++) {
            turns(forks.get(i), group.get(i), verbs, inPlace, need);
        }
        line.join(forks);
    }

    /** Who might be made primary, in the engine's order: not who never is. */
    static List<String> mayTakeOver(Topology topology, RollingVerbs verbs) {
        return verbs.order(topology).stream()
                .filter(m -> topology.member(m)
                        .filter(x -> x.role() == MemberRole.REPLICA || x.role() == MemberRole.ARBITER)
                        .isEmpty())
                .toList();
    }

    private static void turns(StepLine line, Led cluster, RollingVerbs verbs, boolean inPlace, Need need) {
        Topology topology = cluster.topology();
        List<String> order = verbs.order(topology);
        List<String> followers = order.stream()
                .filter(m -> !m.equals(cluster.leads()) && need.of(topology, m))
                .toList();
        boolean leader = !cluster.leads().isEmpty() && need.of(topology, cluster.leads());
        new TurnSteps(line, topology, verbs).turns(followers, mayTakeOver(topology, verbs), leader, inPlace);
    }
}
