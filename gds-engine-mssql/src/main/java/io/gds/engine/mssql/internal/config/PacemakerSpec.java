package io.gds.engine.mssql.internal.config;

import io.gds.database.spi.SpecFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Pacemaker cluster of a group.
 *
 * @param resource the promotable clone of the group in it, for example {@code ag_cluster-clone}
 * @param nodes the cluster's name of each target's host, by the target's name in plans
 */
public record PacemakerSpec(String resource, Map<String, String> nodes) {
    private static final String RESOURCE = "resource";
    private static final String NODES = "nodes";
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    /** Copies the map. */
    public PacemakerSpec {
        nodes = Map.copyOf(nodes);
    }

    /** The cluster's name of the host of a target. */
    public String node(String target) {
        return Optional.ofNullable(nodes.get(target))
                .orElseThrow(() -> new IllegalArgumentException("no node of " + target));
    }

    static PacemakerSpec read(SpecFields pacemaker, List<TargetSpec> targets) {
        return new PacemakerSpec(resource(pacemaker), nodes(pacemaker, targets));
    }

    private static String resource(SpecFields pacemaker) {
        pacemaker.only(RESOURCE, NODES);
        String resource = pacemaker.text(RESOURCE, "the promotable clone of the group, for example ag_cluster-clone");
        if (!resource.isEmpty() && !resource.matches(NAME)) {
            pacemaker.wrong(RESOURCE, "\"" + resource + "\"", "the id of a resource, for example ag_cluster-clone");
        }
        return resource;
    }

    private static Map<String, String> nodes(SpecFields pacemaker, List<TargetSpec> targets) {
        Map<String, String> out = new TreeMap<>();
        Optional<SpecFields> given = pacemaker.optionalObject(NODES);
        List<String> known = targets.stream().map(TargetSpec::name).toList();
        given.ifPresent(g -> g.values().keySet().stream()
                .filter(k -> !known.contains(k))
                .forEach(k -> g.wrong(k, "\"" + k + "\"", "one of the targets " + known)));
        List<String> nameless = new ArrayList<>();
        for (TargetSpec t : targets) {
            Optional<String> node = given.filter(g -> g.has(t.name())).map(g -> g.text(t.name(), "the name of a node"));
            node.filter(n -> !n.isEmpty() && !n.matches(NAME))
                    .ifPresent(n -> given.orElseThrow().wrong(t.name(), "\"" + n + "\"", "the name of a cluster node"));
            if (node.isEmpty() && isAddress(t.server())) {
                nameless.add(t.name());
            }
            out.put(t.name(), node.orElse(t.server().split("\\.", 2)[0]));
        }
        if (!nameless.isEmpty()) {
            pacemaker.wrong(
                    NODES,
                    "no names for " + nameless,
                    "the name of the cluster node of each target that is an address");
        }
        return out;
    }

    private static boolean isAddress(String server) {
        return server.indexOf(':') >= 0 || server.matches("[0-9.]+");
    }
}
