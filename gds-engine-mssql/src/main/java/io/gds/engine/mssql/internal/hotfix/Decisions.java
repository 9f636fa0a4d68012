package io.gds.engine.mssql.internal.hotfix;

import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.hotfix.InstanceDecision.Verdict;
import io.gds.engine.mssql.internal.mapping.Choice;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.mapping.HotfixMapping;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.survey.InstanceSurvey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a mapping means for every instance of a fleet. A pure function: it asks nobody. */
final class Decisions {
    private Decisions() {}

    static List<ServerDecision> of(List<HostSurvey> fleet, HotfixMapping mapping) {
        Map<String, Long> shared = ClusterDecisions.shared(fleet);
        return fleet.stream()
                .map(host -> new ServerDecision(
                        host,
                        host.instances().stream()
                                .map(i -> decide(host, i, mapping, shared))
                                .toList()))
                .toList();
    }

    private static InstanceDecision decide(
            HostSurvey host, InstanceSurvey instance, HotfixMapping mapping, Map<String, Long> shared) {
        if (instance.facts().isEmpty()) {
            return left(instance, Verdict.UNREACHABLE, instance.silence());
        }
        InstanceFacts facts = instance.facts().get();
        if (!facts.isWindows()) {
            return left(
                    instance,
                    Verdict.NOT_WINDOWS,
                    "it runs on Linux, where packages of the distribution bring updates");
        }
        if (instance.group().isPresent()) {
            return left(
                    instance,
                    Verdict.IN_GROUP,
                    "it has a replica of the availability group "
                            + instance.group().get());
        }
        if (facts.isFailoverCluster()) {
            return clustered(host, instance, facts, mapping, shared);
        }
        InstanceDecision chosen = chosen(instance, facts.version(), facts.edition(), mapping);
        if (chosen.isScheduled() && host.facts().isEmpty()) {
            return left(instance, Verdict.UNREACHABLE, "its host: " + host.silence());
        }
        return chosen;
    }

    private static InstanceDecision clustered(
            HostSurvey host,
            InstanceSurvey instance,
            InstanceFacts facts,
            HotfixMapping mapping,
            Map<String, Long> shared) {
        String on = "it is an instance of a failover cluster, on " + facts.host() + " now";
        if (host.cluster().isEmpty() || host.instances().size() > 1) {
            return left(instance, Verdict.FAILOVER_CLUSTER, on + ", and other targets have its network name");
        }
        ClusterDecisions nodes = new ClusterDecisions(instance, host.cluster().get(), shared);
        Optional<String> objection = nodes.objection();
        if (objection.isPresent()) {
            return left(instance, Verdict.FAILOVER_CLUSTER, on + "; " + objection.get());
        }
        InstanceDecision chosen = chosen(instance, nodes.lowest(facts), facts.edition(), mapping);
        return new InstanceDecision(
                instance,
                chosen.verdict(),
                chosen.hotfix(),
                chosen.why() + "; nodes " + nodes.cluster().describe());
    }

    private static InstanceDecision chosen(
            InstanceSurvey instance, String version, String edition, HotfixMapping mapping) {
        Choice choice = mapping.choose(Build.of(version), edition);
        if (choice instanceof Choice.Scheduled s) {
            Hotfix h = s.hotfix();
            return new InstanceDecision(
                    instance, Verdict.SCHEDULED, Optional.of(h), version + " -> " + h.target() + ", " + h);
        }
        if (choice instanceof Choice.UpToDate u) {
            return new InstanceDecision(
                    instance,
                    Verdict.UP_TO_DATE,
                    Optional.of(u.hotfix()),
                    "up to date: " + version + ", the target is " + u.hotfix().target());
        }
        if (choice instanceof Choice.PrerequisiteFirst p) {
            return new InstanceDecision(
                    instance,
                    Verdict.PREREQUISITE,
                    Optional.of(p.hotfix()),
                    version + " is less than " + p.hotfix().minimum() + ", from which on " + p.hotfix()
                            + " may be applied");
        }
        if (choice instanceof Choice.Unsupported u) {
            return left(instance, Verdict.UNSUPPORTED, u.message());
        }
        return left(instance, Verdict.NO_MAPPING, "no mapping available for " + version + ", " + edition);
    }

    private static InstanceDecision left(InstanceSurvey instance, Verdict verdict, String why) {
        return new InstanceDecision(instance, verdict, Optional.empty(), why);
    }
}
