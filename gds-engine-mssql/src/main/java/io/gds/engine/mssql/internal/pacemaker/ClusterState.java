package io.gds.engine.mssql.internal.pacemaker;

import java.util.List;
import java.util.Optional;

/**
 * What one node of a cluster says of all of it.
 *
 * @param hasQuorum whether those who agree with that node are the majority
 * @param inMaintenance whether the cluster leaves all resources alone
 * @param nodes its nodes
 * @param resource the resource of the group; empty when there is none of that name
 * @param moves the constraints that moves and bans of this resource have left
 */
record ClusterState(
        boolean hasQuorum,
        boolean inMaintenance,
        List<Node> nodes,
        Optional<Resource> resource,
        List<Constraint> moves) {
    ClusterState {
        nodes = List.copyOf(nodes);
        moves = List.copyOf(moves);
    }

    /**
     * A node.
     *
     * @param name as the cluster has it
     * @param isOnline whether it takes part
     * @param isStandby whether nothing may run there
     * @param resources how many resources run there
     */
    record Node(String name, boolean isOnline, boolean isStandby, long resources) {}

    /**
     * The clone of a group.
     *
     * @param isManaged whether the cluster looks after it
     * @param agents the agents of what is in it, for example {@code ocf:mssql:ag}
     */
    record Resource(boolean isManaged, List<String> agents) {
        Resource {
            agents = List.copyOf(agents);
        }
    }

    /**
     * A location constraint that a command has left.
     *
     * @param id its id, {@code cli-prefer-...} or {@code cli-ban-...}
     * @param node the node that it is about
     */
    record Constraint(String id, String node) {}

    Optional<Node> node(String name) {
        return nodes.stream().filter(n -> n.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Whether somebody has told the cluster to move the resource to a node, and that still stands. */
    boolean isToldToMoveTo(String node) {
        return moves.stream()
                .anyMatch(m -> m.id().startsWith("cli-prefer-") && m.node().equalsIgnoreCase(node));
    }
}
