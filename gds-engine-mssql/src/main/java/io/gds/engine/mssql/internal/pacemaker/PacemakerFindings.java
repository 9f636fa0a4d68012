package io.gds.engine.mssql.internal.pacemaker;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.ReplicaRow;
import io.gds.engine.mssql.internal.survey.SideBySide;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What speaks against a patch of a group with a Pacemaker cluster, as far as the cluster and the kind of the group are concerned. */
public final class PacemakerFindings {
    private static final String AGENT = ":mssql:ag";

    private final MssqlEngine engine;
    private final Pacemaker cluster;

    /** Of a cluster. */
    public PacemakerFindings(MssqlEngine engine, Pacemaker cluster) {
        this.engine = engine;
        this.cluster = cluster;
    }

    /** Whether the group is of the kind that such a spec is about, and the cluster leaves us what we change. */
    public List<Finding> fits(GroupViews views) {
        List<Finding> out = new ArrayList<>();
        views.groups().forEach(g -> group(g, out));
        return List.copyOf(out);
    }

    private void group(GroupView g, List<Finding> out) {
        GroupConfig config = g.config().orElseThrow();
        if (config.cluster() != ClusterType.EXTERNAL) {
            out.add(Finding.block(
                    "MSSQL-NOT-EXTERNAL",
                    g.name(),
                    "its cluster type is " + config.cluster(),
                    "EXTERNAL, which a spec with pacemaker is about",
                    "leave pacemaker out for a group without a cluster."));
            return;
        }
        long synchronous =
                g.replicas().stream().filter(ReplicaRow::isSynchronous).count();
        if (synchronous < 2) {
            out.add(Finding.block(
                    "MSSQL-NOBODY-TO-PROMOTE",
                    g.name(),
                    "no secondary commits together with the primary, and the cluster promotes no other",
                    "a synchronous secondary",
                    "make one synchronous, and wait until it is synchronized."));
        } else if (config.required() > synchronous - 2) {
            // the agent sets it again at each of its looks: what we set would not last
            out.add(Finding.block(
                    "MSSQL-REQUIRED-BY-CLUSTER",
                    g.name(),
                    "it requires " + config.required()
                            + " synchronized secondaries for a commit, and while one is away there are "
                            + (synchronous - 2),
                    "as many as are left",
                    "let the cluster ask for fewer: pcs resource update with required_synchronized_secondaries_to_commit="
                            + (synchronous - 2) + ", or add a synchronous replica."));
        }
    }

    /** What the cluster says itself, asked on the host of every member: each of them is to be told something. */
    public List<Finding> findings() {
        Set<Finding> out = new LinkedHashSet<>();
        SideBySide.ask(engine.spec().targets(), this::look).forEach(out::addAll);
        return List.copyOf(out);
    }

    private List<Finding> look(TargetSpec target) {
        ClusterState state;
        try {
            state = cluster.stateOn(target.name());
        } catch (NotAskedException | GdsDatabaseException e) {
            return List.of(Finding.block(
                    "MSSQL-PCS",
                    target.name(),
                    "pcs on its host: " + e.getMessage(),
                    "an answer of the cluster",
                    "let the shell's user become root there, and see that pacemaker runs on that node."));
        }
        List<Finding> out = new ArrayList<>();
        node(target, state, out);
        whole(state, out);
        return out;
    }

    private void node(TargetSpec target, ClusterState state, List<Finding> out) {
        String name = cluster.node(target.name());
        Optional<ClusterState.Node> node = state.node(name);
        if (node.isEmpty()) {
            out.add(Finding.block(
                    "MSSQL-NODE",
                    target.name(),
                    "the cluster has no node " + name + "; it has "
                            + state.nodes().stream()
                                    .map(ClusterState.Node::name)
                                    .collect(Collectors.joining(", ")),
                    "a node of that name",
                    "name it under pacemaker.nodes."));
        } else if (!node.get().isOnline()) {
            out.add(Finding.block(
                    "MSSQL-NODE",
                    target.name(),
                    "its node " + name + " is offline",
                    "a node that is online",
                    "start the cluster there."));
        } else if (node.get().isStandby()) {
            out.add(Finding.block(
                    "MSSQL-STANDBY",
                    target.name(),
                    "its node " + name + " is in standby",
                    "a node that the cluster may use",
                    "find out who did it, then pcs node unstandby " + name + "."));
        }
        if (!state.hasQuorum()) {
            out.add(Finding.block(
                    "MSSQL-QUORUM",
                    target.name(),
                    "as its node sees it, the Pacemaker cluster has no quorum",
                    "a quorum",
                    "repair the cluster first."));
        }
    }

    private void whole(ClusterState state, List<Finding> out) {
        if (state.inMaintenance()) {
            out.add(Finding.block(
                    "MSSQL-MAINTENANCE",
                    engine.spec().name(),
                    "its cluster is in maintenance mode and does nothing",
                    "a cluster that acts",
                    "pcs property set maintenance-mode=false."));
        }
        if (!state.moves().isEmpty()) {
            out.add(Finding.block(
                    "MSSQL-CONSTRAINT",
                    cluster.resource(),
                    "an earlier move or ban has left " + state.moves(),
                    "no such constraint: it binds the group, also when it has to fail over",
                    "pcs resource clear " + cluster.resource() + "."));
        }
        resource(state).ifPresent(out::add);
    }

    private Optional<Finding> resource(ClusterState state) {
        if (state.resource().isEmpty()) {
            return Optional.of(wrong("the cluster has no clone of that name", "correct pacemaker.resource."));
        }
        ClusterState.Resource resource = state.resource().get();
        if (resource.agents().stream().noneMatch(a -> a.replace("::", ":").endsWith(AGENT))) {
            return Optional.of(wrong("its agents are " + resource.agents(), "correct pacemaker.resource."));
        }
        return resource.isManaged()
                ? Optional.empty()
                : Optional.of(
                        wrong("the cluster does not manage it", "pcs resource manage " + cluster.resource() + "."));
    }

    private Finding wrong(String observed, String remedy) {
        return Finding.block(
                "MSSQL-RESOURCE", cluster.resource(), observed, "a managed clone of the agent ocf:mssql:ag", remedy);
    }
}
