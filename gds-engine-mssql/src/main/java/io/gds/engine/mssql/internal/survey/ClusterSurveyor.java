package io.gds.engine.mssql.internal.survey;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.SqlNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at the failover cluster of an instance: the instance names its nodes, each is asked as a host, and one for the cluster. */
final class ClusterSurveyor {
    private final MssqlEngine engine;
    private final Function<String, HostSurvey> hosts;

    /**
     * Looks with an engine's connections.
     *
     * @param hosts looks at a host by how it is reached
     */
    ClusterSurveyor(MssqlEngine engine, Function<String, HostSurvey> hosts) {
        this.engine = engine;
        this.hosts = hosts;
    }

    ClusterSurvey look(TargetSpec target, InstanceFacts facts) {
        String networkName = facts.serverName().split("\\\\", 2)[0];
        List<NodeSurvey> nodes;
        try {
            nodes = SideBySide.ask(InstanceReader.nodes(engine.access(target.name())), this::node);
        } catch (GdsDatabaseException e) {
            return new ClusterSurvey(networkName, List.of(), Optional.empty(), Surveyor.said(e));
        }
        String silence = "";
        // The owner first: it is sure to take part in the cluster.
        for (NodeSurvey n : nodes.stream()
                .filter(x -> x.host().facts().isPresent())
                .sorted(Comparator.comparing(NodeSurvey::isOwner).reversed())
                .toList()) {
            try {
                return new ClusterSurvey(
                        networkName,
                        nodes,
                        ClusterRole.read(engine.host(n.host().server()), target.instanceName(), networkName),
                        "");
            } catch (GdsDatabaseException e) {
                silence = Surveyor.said(e);
            }
        }
        return new ClusterSurvey(networkName, nodes, Optional.empty(), silence);
    }

    private NodeSurvey node(SqlNode n) {
        return new NodeSurvey(
                n.name(),
                n.isOwner(),
                n.state(),
                n.isUp(),
                hosts.apply(engine.spec().nodes().address(n.name())));
    }
}
