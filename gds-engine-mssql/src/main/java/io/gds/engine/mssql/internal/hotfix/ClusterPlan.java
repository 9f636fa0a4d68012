package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.survey.ClusterSurvey;
import io.gds.engine.mssql.internal.survey.NodeSurvey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays the steps of an instance of a failover cluster. All nodes are marked and checked before anything changes; then the packages go onto
 * the nodes that do not own the instance, none of which may own it meanwhile; then it is moved, once, to one of them, and has to answer there with the new build; then the
 * packages go onto its former node. Taken back in the reverse order, every removal meets a node that does not own the instance, too.
 *
 * @param request the wish
 * @param paths where packages lie
 * @param number of the server in the plan
 */
record ClusterPlan(HotfixRequest request, PackagePaths paths, int number) {
    private static final int PASSES = 5;

    /** The steps in their order. */
    List<Step> of(ServerDecision server) {
        ClusterSurvey cluster = server.host().cluster().orElseThrow();
        InstanceDecision decision = server.instances().get(0);
        String target = decision.instance().target().name();
        NodeSurvey owner = cluster.owner().orElseThrow();
        Build build = decision.hotfix().orElseThrow().target();
        boolean moves = moves(server);
        NodeSurvey last = moves ? next(server) : owner;

        List<SiteSteps> passive = cluster.passive().stream()
                .map(n -> site(server, target, cluster, n))
                .toList();
        SiteSteps ofOwner = site(server, target, cluster, owner);
        List<SiteSteps> sites = new ArrayList<>(passive);
        sites.add(ofOwner);

        Line line = new Line();
        for (SiteSteps s : sites) {
            // One of its nodes asks for the server's permit, and has it until the last bracket is closed.
            Step.Builder begin = s.begin(Set.of());
            line.add(
                    line.isEmpty()
                            ? begin.lock(SiteSteps.SERVERS, 1).build()
                            : begin.after(line.last()).build());
        }
        String bracket = "owners:" + number;
        SiteSteps atLast = site(server, target, cluster, last);
        line.add(owners(atLast, "owners", target, cluster, List.of())
                .title("let " + owner.name() + " alone own " + target + " while other nodes are changed")
                .opens(bracket)
                .after(line.last())
                .build());
        for (SiteSteps s : passive) {
            s.work(server, line.last()).forEach(line::add);
        }
        if (moves) {
            // On the way back this comes after the move back, and before anything is taken off the node that it left.
            line.add(owners(atLast, "owners-way-back", target, cluster, List.of())
                    .title("on the way back: let " + owner.name() + " alone own " + target)
                    .undo(HotfixActions.OWNERS, ownersParams(atLast, target, cluster, List.of()))
                    .onlyBack(atLast.id("move"))
                    .after(line.last())
                    .build());
            line.add(move(atLast, target, cluster, owner, last, build, line.last()));
            List<String> patched =
                    cluster.passive().stream().map(NodeSurvey::name).toList();
            line.add(owners(atLast, "owners-patched", target, cluster, patched)
                    .title("let nodes with " + build + " alone own " + target + " while " + owner.name()
                            + " is changed")
                    .after(line.last())
                    .build());
            ofOwner.work(server, line.last()).forEach(line::add);
        }
        line.add(HotfixPlan.check(atLast, decision)
                .param("nodes", nodes(cluster))
                .after(line.last())
                .build());
        line.add(atLast.lane(
                        "owners-back", HotfixActions.OWNERS_BACK, server.host().server())
                .title("let the nodes own " + target + " that could before")
                .param("instance", target)
                .param("networkName", cluster.networkName())
                .param(PassiveNode.NODES, addresses(cluster))
                .closes(bracket)
                .after(line.last())
                .timeout(atLast.atMost(SiteSteps.CHECK))
                .build());
        for (int i = sites.size() - 1; i >= 0; i--) {
            line.add(sites.get(i).end(line.last()));
        }
        return line.steps;
    }

    /** Whether the instance must leave its node: one that is patched already is where it may stay. */
    static boolean moves(ServerDecision server) {
        ClusterSurvey cluster = server.host().cluster().orElseThrow();
        InstanceDecision decision = server.instances().get(0);
        return decisions(server)
                .levelOf(cluster.owner().orElseThrow())
                .isBelow(decision.hotfix().orElseThrow().target());
    }

    /** Where it is moved to. */
    static NodeSurvey next(ServerDecision server) {
        return decisions(server).next().orElseThrow();
    }

    private static ClusterDecisions decisions(ServerDecision server) {
        return new ClusterDecisions(
                server.instances().get(0).instance(), server.host().cluster().orElseThrow(), Map.of());
    }

    private SiteSteps site(ServerDecision server, String target, ClusterSurvey cluster, NodeSurvey node) {
        return new SiteSteps(request, paths, number, Site.of(server.host(), target, cluster, node));
    }

    private static List<Params> nodes(ClusterSurvey cluster) {
        return cluster.nodes().stream()
                .map(n -> Params.of("node", n.name(), "server", n.host().server()))
                .toList();
    }

    private static List<String> addresses(ClusterSurvey cluster) {
        return cluster.nodes().stream().map(n -> n.host().server()).toList();
    }

    private static Step.Builder owners(
            SiteSteps at, String what, String target, ClusterSurvey cluster, List<String> beside) {
        return at.lane(what, HotfixActions.OWNERS, at.site().server())
                .params(ownersParams(at, target, cluster, beside))
                .timeout(at.atMost(SiteSteps.CHECK));
    }

    private static Params ownersParams(SiteSteps at, String target, ClusterSurvey cluster, List<String> beside) {
        return Params.of("server", at.site().host().server(), "instance", target)
                .with("networkName", cluster.networkName())
                .with(PassiveNode.NODES, addresses(cluster))
                .with("beside", beside);
    }

    /** The move and its way back have the same words, with the nodes exchanged; each is asked of the node that it goes to first. */
    private static Step move(
            SiteSteps at,
            String target,
            ClusterSurvey cluster,
            NodeSurvey from,
            NodeSurvey to,
            Build build,
            StepId after) {
        Params there = Params.of("instance", target, "networkName", cluster.networkName(), "target", build.toString())
                .with(PassiveNode.NODES, addresses(cluster));
        return Step.of(at.id("move").value(), HotfixActions.MOVE, at.site().server())
                .lane(at.site().server())
                .title("fail " + target + " over from " + from.name() + " to " + to.name()
                        + ", where it has to answer with " + build)
                .params(there.with("server", to.host().server())
                        .with("from", from.name())
                        .with("to", to.name()))
                .undo(
                        HotfixActions.MOVE_BACK,
                        there.with("server", from.host().server())
                                .with("from", to.name())
                                .with("to", from.name()))
                .retry(SiteSteps.ANSWER_LOST)
                .onFailure(OnFailure.STOP_LANE)
                .after(after)
                .maxPasses(PASSES)
                .timeout(at.atMost(SiteSteps.CHECK))
                .build();
    }

    /** Steps one after the other. */
    private static final class Line {
        private final List<Step> steps = new ArrayList<>();

        void add(Step step) {
            steps.add(step);
        }

        boolean isEmpty() {
            return steps.isEmpty();
        }

        StepId last() {
            return steps.get(steps.size() - 1).id();
        }
    }
}
