package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.survey.ClusterSurvey;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.survey.NodeSurvey;
import io.gds.engine.mssql.internal.windows.PackageFacts;

/**
 * A host that a server's work is done on: the server itself, or a node of the failover cluster whose network name it is.
 *
 * @param server the server in the plan: its lane, and its name in the history
 * @param host the host
 * @param tag what the ids of its steps begin with; empty for the server itself
 * @param title for people
 * @param more parameters of every step that changes something there
 */
record Site(String server, HostSurvey host, String tag, String title, Params more) {
    /** A server that is a host. */
    static Site of(HostSurvey host) {
        return new Site(host.server(), host, "", host.server(), Params.empty());
    }

    /** A node. Whatever changes something there looks first that the instance is on another one. */
    static Site of(HostSurvey server, String instance, ClusterSurvey cluster, NodeSurvey node) {
        return new Site(
                server.server(),
                node.host(),
                node.name(),
                "node " + node.name() + " of " + server.server(),
                Params.of(PassiveNode.CLUSTER, PassiveNode.params(instance, cluster.networkName(), node.name())));
    }

    /** The size of the largest package. */
    long largestPackage() {
        return host.packages().values().stream()
                .mapToLong(PackageFacts::bytes)
                .max()
                .orElse(0);
    }
}
