package io.gds.engine.mssql.internal.survey;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.windows.HostScripts;
import java.util.List;
import java.util.Optional;

/**
 * The role of a failover cluster that holds an instance, as the cluster sees it.
 *
 * @param name what it is called
 * @param state in the cluster's words, for example {@code Online}
 * @param owner the node that it is on
 * @param networkName the resource of its network name, with which the list of its possible owners is kept
 * @param owners that list
 * @param nodes all nodes of the cluster
 */
public record ClusterRole(
        String name, String state, String owner, String networkName, List<String> owners, List<Node> nodes) {
    /**
     * A node.
     *
     * @param name its name
     * @param state in the cluster's words, for example {@code Up} or {@code Paused}
     * @param mayOwn whether it is one of the possible owners of the server's own resource
     */
    public record Node(String name, String state, boolean mayOwn) {
        /** Whether it takes what is moved to it. */
        public boolean isUp() {
            return state.equals("Up");
        }

        /** Whether somebody keeps it from taking anything. */
        public boolean isPaused() {
            return state.equals("Paused");
        }
    }

    /** Copies the lists. */
    public ClusterRole {
        owners = List.copyOf(owners);
        nodes = List.copyOf(nodes);
    }

    /**
     * Asks a node.
     *
     * @param instance what hosts call the instance
     * @param networkName by which clients know its computer
     * @return empty when the cluster has no such role, or several
     */
    public static Optional<ClusterRole> read(HostScripts node, String instance, String networkName) {
        Params answer = node.ask("cluster-role", Params.of("instance", instance, "networkName", networkName));
        if (answer.integer("found") != 1) {
            return Optional.empty();
        }
        return Optional.of(new ClusterRole(
                answer.string("role"),
                answer.string("state"),
                answer.string("owner"),
                answer.string("networkName"),
                answer.strings("owners"),
                answer.objects("nodes").stream()
                        .map(n -> new Node(n.string("name"), n.string("state"), n.flag("mayOwn")))
                        .toList()));
    }

    /** A node by its name. */
    public Optional<Node> node(String node) {
        return nodes.stream().filter(n -> n.name().equalsIgnoreCase(node)).findFirst();
    }

    /** Whether it is on a node, or on its way there. */
    public boolean isOn(String node) {
        return owner.equalsIgnoreCase(node);
    }

    /** Whether a node is on the list of possible owners. */
    public boolean lists(String node) {
        return owners.stream().anyMatch(node::equalsIgnoreCase);
    }

    /** Whether it is on its way. */
    public boolean isPending() {
        return state.equals("Pending");
    }

    /** Whether it serves: in part is what it does when only a companion of the instance, such as its agent, is down. */
    public boolean isOnline() {
        return state.equals("Online") || state.equals("PartialOnline");
    }
}
