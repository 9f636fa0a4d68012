package io.gds.engine.mssql.internal.hotfix;

import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.survey.ClusterRole;
import io.gds.engine.mssql.internal.survey.ClusterSurvey;
import io.gds.engine.mssql.internal.survey.HostFacts;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.survey.InstanceSurvey;
import io.gds.engine.mssql.internal.survey.NodeSurvey;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether an instance of a failover cluster may be patched by a plan, and from which build on. A pure function. It may be when every node is
 * known, takes part and holds this instance alone: setup of a package with {@code /AllInstances} would end whatever else runs there.
 *
 * @param instance the instance
 * @param cluster its cluster
 * @param shared how often each host, by how it is reached, is worked on in this fleet
 */
record ClusterDecisions(InstanceSurvey instance, ClusterSurvey cluster, Map<String, Long> shared) {
    private static final int FEWEST = 2;

    /** How often each host of a fleet is worked on. */
    static Map<String, Long> shared(List<HostSurvey> fleet) {
        return fleet.stream()
                .flatMap(h -> h.cluster()
                        .map(c -> c.nodes().stream().map(n -> n.host().server()))
                        .orElseGet(() -> Stream.of(h.server())))
                .collect(Collectors.groupingBy(s -> s.toLowerCase(Locale.ROOT), Collectors.counting()));
    }

    /** Why it may not be patched; empty when it may. */
    Optional<String> objection() {
        if (cluster.nodes().size() < FEWEST || cluster.owner().isEmpty()) {
            return Optional.of(
                    "it names " + (cluster.nodes().isEmpty() ? "no nodes" : "the nodes " + cluster.describe())
                            + (cluster.silence().isEmpty() ? "" : ": " + cluster.silence()));
        }
        Optional<String> ofNode =
                cluster.nodes().stream().flatMap(n -> ofNode(n).stream()).findFirst();
        return ofNode.isPresent() ? ofNode : ofRole();
    }

    private Optional<String> ofNode(NodeSurvey n) {
        if (n.host().facts().isEmpty()) {
            return Optional.of("node " + n.name() + ", reached as " + n.host().server() + ": "
                    + n.host().silence());
        }
        HostFacts facts = n.host().facts().get();
        if (!facts.name().equalsIgnoreCase(n.name())) {
            return Optional.of(
                    "node " + n.name() + ", reached as " + n.host().server() + ", calls itself " + facts.name());
        }
        if (!n.isUp()) {
            return Optional.of("node " + n.name() + " is " + n.state());
        }
        if (shared.getOrDefault(n.host().server().toLowerCase(Locale.ROOT), 0L) > 1) {
            return Optional.of("node " + n.name() + " is a host of another target too");
        }
        Optional<RegisteredInstance> here = registered(n);
        if (here.flatMap(RegisteredInstance::build).isEmpty()) {
            return Optional.of("node " + n.name() + " does not hold it, by its registry");
        }
        List<String> others = facts.instances().stream()
                .map(RegisteredInstance::name)
                .filter(i -> !i.equalsIgnoreCase(instance.target().instanceName()))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("node " + n.name() + " holds other instances too, which setup may end: "
                        + String.join(", ", others));
    }

    private Optional<String> ofRole() {
        if (cluster.role().isEmpty()) {
            return Optional.of(
                    cluster.silence().isEmpty()
                            ? "its cluster has no one role with it"
                            : "its cluster cannot be asked: " + cluster.silence());
        }
        ClusterRole role = cluster.role().get();
        String owner = cluster.owner().orElseThrow().name();
        if (!role.isOn(owner) || !role.isOnline()) {
            return Optional.of("its role \"" + role.name() + "\" is " + role.state() + " on " + role.owner());
        }
        return next().isPresent() ? Optional.empty() : Optional.of("no other node may own it, by its cluster");
    }

    /** The node that it is moved to: the first one that is up and may own it. */
    Optional<NodeSurvey> next() {
        return cluster.passive().stream()
                .filter(n -> cluster.role()
                        .filter(r -> r.lists(n.name()))
                        .flatMap(r -> r.node(n.name()))
                        .filter(r -> r.isUp() && r.mayOwn())
                        .isPresent())
                .findFirst();
    }

    private Optional<RegisteredInstance> registered(NodeSurvey n) {
        return n.host().facts().stream()
                .flatMap(f -> f.instances().stream())
                .filter(i -> i.name().equalsIgnoreCase(instance.target().instanceName()))
                .findFirst();
    }

    /** What the registry of a node says; what nobody knows counts as the oldest. */
    Build levelOf(NodeSurvey n) {
        return registered(n).flatMap(RegisteredInstance::build).orElseGet(() -> Build.of("0.0.0.0"));
    }

    /** The lowest build of what runs and of what lies on the nodes: a node that was left behind is brought up too. */
    String lowest(InstanceFacts facts) {
        String lowest = facts.version();
        for (NodeSurvey n : cluster.nodes()) {
            Optional<String> level = registered(n).map(RegisteredInstance::patchLevel);
            if (level.isPresent() && levelOf(n).isBelow(Build.of(lowest))) {
                lowest = level.get();
            }
        }
        return lowest;
    }
}
