package io.gds.engine.mssql.internal.hotfix;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.survey.ClusterRole;
import io.gds.engine.mssql.internal.windows.HostScripts;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a failover cluster says to a change on one of its nodes: none while the instance is there or on its way there, whatever the plan
 * once knew. On a host that is no node nothing is asked.
 */
final class PassiveNode {
    static final String CLUSTER = "cluster";
    /** How the nodes are reached that may be asked for the cluster, where any of them will do. */
    static final String NODES = "askAlso";

    private static final Duration RECHECK = Duration.ofSeconds(10);

    private PassiveNode() {}

    /** A node, as steps keep it. */
    static Params params(String instance, String networkName, String node) {
        return Params.of("instance", instance, "networkName", networkName, "node", node);
    }

    /** Who answers for a cluster, and what it says; no role when the cluster has none with the instance. */
    record Voice(HostScripts host, Optional<ClusterRole> role) {}

    /**
     * Asks the cluster of an instance: the host of the step, or when that is silent another node that the step names.
     *
     * @throws GdsDatabaseException when none of them answers
     */
    static Voice voice(StepContext<MssqlEngine> c, Params cluster) {
        TargetSpec target = c.engine().spec().target(cluster.string("instance")).orElseThrow();
        Set<String> servers = new LinkedHashSet<>(Set.of(c.params().string("server")));
        if (cluster.has(NODES)) {
            servers.addAll(cluster.strings(NODES));
        }
        GdsDatabaseException silence = null;
        for (String server : servers) {
            HostScripts host = c.engine().host(server);
            try {
                return new Voice(host, ClusterRole.read(host, target.instanceName(), cluster.string("networkName")));
            } catch (GdsDatabaseException e) {
                silence = silence == null ? e : silence;
            }
        }
        throw requireNonNull(silence, "a step names its host");
    }

    /** The role of an instance, as its cluster sees it. */
    static Optional<ClusterRole> role(StepContext<MssqlEngine> c, Params cluster) {
        return voice(c, cluster).role();
    }

    /** That a cluster has no role with an instance. */
    static Finding noRole(Params cluster) {
        return Finding.block(
                "MSSQL-CLUSTER-ROLE",
                cluster.string("instance"),
                "its cluster has no one role with it",
                "the role that it was planned with",
                "see in Failover Cluster Manager what became of it, then plan again.");
    }

    /** Whether the host of a step is a node. */
    static boolean isMeant(StepContext<MssqlEngine> c) {
        return c.params().has(CLUSTER);
    }

    /** What speaks against beginning; empty when nothing does. */
    static Optional<Prepared> objection(StepContext<MssqlEngine> c) {
        if (!isMeant(c)) {
            return Optional.empty();
        }
        Params cluster = c.params().object(CLUSTER);
        Optional<ClusterRole> found = role(c, cluster);
        if (found.isEmpty()) {
            return Optional.of(Prepared.refuse(noRole(cluster)));
        }
        ClusterRole role = found.get();
        String node = cluster.string("node");
        if (!role.isOn(node)) {
            return Optional.empty();
        }
        return Optional.of(
                role.isPending()
                        ? Prepared.hold(blocked(cluster, role))
                        : Prepared.refuse(
                                Finding.block(
                                        "MSSQL-NODE-OWNS",
                                        node,
                                        "it owns " + cluster.string("instance") + ", which is " + role.state()
                                                + " there",
                                        "a node that does not own the instance",
                                        "nothing was touched; see why it is there, then plan again, or move it away and retry the step.")));
    }

    /**
     * Looks once more, right before a change.
     *
     * @throws NotNowException when the instance has come to the node meanwhile
     */
    static void demand(StepContext<MssqlEngine> c) {
        if (!isMeant(c)) {
            return;
        }
        Params cluster = c.params().object(CLUSTER);
        Optional<ClusterRole> role = role(c, cluster);
        if (role.isEmpty() || role.get().isOn(cluster.string("node"))) {
            throw new NotNowException(
                    "MSSQL-NODE-OWNS",
                    "node " + cluster.string("node") + " is not changed",
                    role.map(r -> blocked(cluster, r))
                            .orElseGet(() -> new Blocked(noRole(cluster).observed(), "its role", "a person", RECHECK)));
        }
    }

    private static Blocked blocked(Params cluster, ClusterRole role) {
        return new Blocked(
                cluster.string("instance") + " is " + role.state() + " on " + role.owner(),
                "the instance on another node",
                "its cluster, or whoever moves it",
                RECHECK);
    }
}
