package io.gds.engine.mssql.internal.config;

import io.gds.database.spi.SpecFields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the nodes of failover cluster instances are reached. Their names are read from the instances; only where a name cannot be reached as
 * it is does the spec say how.
 *
 * @param addresses a host name or address of a node, by the node's name in capitals
 */
public record FailoverNodes(Map<String, String> addresses) {
    private static final String KEY = "failoverCluster";
    private static final String NODES = "nodes";
    private static final String NODE = "[A-Za-z0-9_-]{1,15}";
    private static final String ADDRESS = "[A-Za-z0-9._:%-]{1,255}";

    /** Copies the map. */
    public FailoverNodes {
        addresses = Map.copyOf(addresses);
    }

    /** How a node is reached. */
    public String address(String node) {
        return addresses.getOrDefault(node.toUpperCase(Locale.ROOT), node);
    }

    static FailoverNodes read(SpecFields spec) {
        Map<String, String> out = new TreeMap<>();
        Optional<SpecFields> cluster = spec.optionalObject(KEY);
        cluster.ifPresent(c -> c.only(NODES));
        Optional<SpecFields> nodes = cluster.flatMap(c -> c.optionalObject(NODES));
        nodes.ifPresent(n -> n.values().keySet().forEach(name -> read(n, name, out)));
        return new FailoverNodes(out);
    }

    private static void read(SpecFields nodes, String name, Map<String, String> out) {
        String expected = "how the node is reached, a host name or address";
        String address = nodes.text(name, expected);
        if (!name.matches(NODE)) {
            nodes.wrong(name, "\"" + name + "\"", "the name of a node as its cluster has it, up to 15 characters");
        } else if (!address.isEmpty() && !address.matches(ADDRESS)) {
            nodes.wrong(name, "\"" + address + "\"", expected);
        } else if (out.put(name.toUpperCase(Locale.ROOT), address) != null) {
            nodes.wrong(name, "\"" + name + "\" again", "each node once, whatever its case");
        }
    }
}
