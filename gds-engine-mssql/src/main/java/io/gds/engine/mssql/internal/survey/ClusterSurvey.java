package io.gds.engine.mssql.internal.survey;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The failover cluster of an instance before a plan.
 *
 * @param networkName by which clients know the instance's computer
 * @param nodes the nodes that the instance may be on
 * @param role what the cluster says; empty when it could not be asked, or has no such role
 * @param silence why it could not be asked; empty when it could
 */
public record ClusterSurvey(String networkName, List<NodeSurvey> nodes, Optional<ClusterRole> role, String silence) {
    /** Copies the list. */
    public ClusterSurvey {
        nodes = List.copyOf(nodes);
    }

    ClusterSurvey with(List<NodeSurvey> seen) {
        return new ClusterSurvey(networkName, seen, role, silence);
    }

    /** The node that the instance runs on. */
    public Optional<NodeSurvey> owner() {
        return nodes.stream().filter(NodeSurvey::isOwner).findFirst();
    }

    /** The others. */
    public List<NodeSurvey> passive() {
        return nodes.stream().filter(n -> !n.isOwner()).toList();
    }

    /** For people, for example {@code N1 (owner), N2}. */
    public String describe() {
        return nodes.stream()
                .map(n -> n.name() + (n.isOwner() ? " (owner)" : ""))
                .collect(Collectors.joining(", "));
    }
}
