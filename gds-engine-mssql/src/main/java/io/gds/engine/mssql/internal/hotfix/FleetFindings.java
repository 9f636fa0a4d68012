package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.config.PackageSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.survey.ClusterSurvey;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a plan for a fleet says beside its steps: what is left out and why, what somebody must know, what speaks against it. */
final class FleetFindings {
    private final List<ServerDecision> fleet;
    private final boolean restarts;
    private final List<Finding> findings = new ArrayList<>();

    private FleetFindings(List<ServerDecision> fleet, boolean restarts) {
        this.fleet = fleet;
        this.restarts = restarts;
    }

    /**
     * All findings.
     *
     * @param targets all that the spec names, also what no plan takes in
     * @throws GdsDatabaseException with code {@code MSSQL-PACKAGE-MISSING} naming every package that is not where it should be
     */
    static List<Finding> of(
            List<ServerDecision> fleet,
            List<TargetSpec> targets,
            PackageSpec packages,
            PackagePaths paths,
            boolean restarts) {
        FleetFindings all = new FleetFindings(fleet, restarts);
        PackageFindings.refuseMissing(fleet, paths);
        all.production();
        fleet.forEach(all::leftOut);
        all.findings.addAll(PackageFindings.of(fleet, packages));
        fleet.forEach(server -> all.sideInstances(server, new SideInstances(targets)));
        fleet.stream().filter(ServerDecision::isScheduled).forEach(all::server);
        return List.copyOf(all.findings);
    }

    private void production() {
        Set<String> names = new TreeSet<>();
        fleet.stream()
                .flatMap(s -> s.instances().stream())
                .filter(InstanceDecision::isScheduled)
                .map(i -> i.instance().target())
                .filter(TargetSpec::isProduction)
                .forEach(t -> names.add(t.name()));
        if (!names.isEmpty()) {
            findings.add(Finding.ack(
                    "MSSQL-PRODUCTION",
                    names.size() + " instances",
                    "the plan changes instances of environment production: " + String.join(", ", names),
                    "somebody's word for it",
                    "acknowledge it by name, or choose other servers."));
        }
    }

    private void leftOut(ServerDecision server) {
        for (InstanceDecision i : server.instances()) {
            String name = i.instance().target().name();
            switch (i.verdict()) {
                case SCHEDULED, UP_TO_DATE -> {}
                case PREREQUISITE ->
                    warn(
                            "MSSQL-PREREQUISITE",
                            name,
                            i.why(),
                            "the prerequisite first",
                            "bring it to " + i.hotfix().orElseThrow().minimum()
                                    + " or more, for example by a mapping of its own, then plan again.");
                case UNSUPPORTED ->
                    warn(
                            "MSSQL-UNSUPPORTED",
                            name,
                            i.why(),
                            "a supported version",
                            "upgrade the instance; it is not scheduled.");
                case NO_MAPPING ->
                    warn("MSSQL-NO-MAPPING", name, i.why(), "an entry in the mapping", "add one; it is not scheduled.");
                case IN_GROUP ->
                    warn(
                            "MSSQL-IN-GROUP",
                            name,
                            i.why(),
                            "an instance that stands by itself",
                            "patch the group as a whole, by a spec with group; it is not scheduled.");
                case FAILOVER_CLUSTER ->
                    warn(
                            "MSSQL-FAILOVER-CLUSTER",
                            name,
                            i.why(),
                            "nodes that are all up, can be reached, and hold no other instance",
                            "mend what is said, or name the node's address in failoverCluster.nodes; otherwise patch its passive"
                                    + " nodes by hand, fail it over, then patch the other. It is not scheduled.");
                case UNREACHABLE ->
                    warn(
                            "MSSQL-UNREACHABLE",
                            name,
                            i.why(),
                            "an answer",
                            "see why it does not answer; it is not scheduled.");
                case NOT_WINDOWS ->
                    warn(
                            "MSSQL-NOT-WINDOWS",
                            name,
                            i.why(),
                            "a host with Windows",
                            "update its package there; it is not" + " scheduled.");
            }
        }
    }

    private void sideInstances(ServerDecision server, SideInstances side) {
        Set<String> meant = server.instances().stream()
                .filter(InstanceDecision::isScheduled)
                .map(i -> TargetSpec.folded(i.instance().target().instanceName()))
                .collect(Collectors.toSet());
        for (HostSurvey host : server.hosts()) {
            host.facts().ifPresent(f -> findings.addAll(side.on(host.server(), f, server.hotfixes(), meant)));
        }
    }

    /** What would stop the work on a server if it began now: told, not decided, since it may have passed by then. */
    private void server(ServerDecision server) {
        Optional<ClusterSurvey> cluster = server.host().cluster();
        // On a node the service of an instance that is on another one does not run.
        Set<String> instances = cluster.isPresent()
                ? Set.of()
                : server.instances().stream()
                        .filter(InstanceDecision::isScheduled)
                        .map(i -> i.instance().target().instanceName().toUpperCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        for (HostSurvey host : server.hosts()) {
            long largest = host.packages().values().stream()
                    .mapToLong(PackageFacts::bytes)
                    .max()
                    .orElse(0);
            ServerFindings.of(host.server(), host.facts().orElseThrow(), instances, largest).stream()
                    .filter(f -> !(restarts && f.id().equals(ServerFindings.RESTART_PENDING)))
                    .forEach(f -> warn(f.id(), f.subject(), f.observed(), f.expected(), f.remedy()));
        }
        cluster.ifPresent(c -> failover(server, c));
    }

    private void failover(ServerDecision server, ClusterSurvey cluster) {
        String name = server.instances().get(0).instance().target().name();
        String observed = "it is on " + cluster.owner().orElseThrow().name() + " of the nodes " + cluster.describe();
        if (ClusterPlan.moves(server)) {
            warn(
                    "MSSQL-FAILOVER",
                    name,
                    observed + "; the other nodes are patched first, then it is failed over to "
                            + ClusterPlan.next(server).name() + ", once, and stays there",
                    "clients that connect again",
                    "nothing; its connections are cut once, and the new build's scripts run before it lets anybody in.");
        } else {
            warn(
                    "MSSQL-NODE-BEHIND",
                    name,
                    observed + ", which is patched; only the other nodes are",
                    "the same build on every node",
                    "nothing; it stays where it is.");
        }
    }

    private void warn(String id, String subject, String observed, String expected, String remedy) {
        findings.add(Finding.warn(id, subject, observed, expected, remedy));
    }
}
