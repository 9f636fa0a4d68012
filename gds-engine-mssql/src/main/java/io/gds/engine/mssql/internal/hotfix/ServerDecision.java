package io.gds.engine.mssql.internal.hotfix;

import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.survey.HostSurvey;
import io.gds.engine.mssql.internal.survey.NodeSurvey;
import java.util.Comparator;
import java.util.List;

/**
 * What is done about one server.
 *
 * @param host the server
 * @param instances its instances
 */
record ServerDecision(HostSurvey host, List<InstanceDecision> instances) {
    /** Copies the list. */
    ServerDecision {
        instances = List.copyOf(instances);
    }

    /** The mapping's entries whose packages are installed, the oldest family first; each once, however many instances need it. */
    List<Hotfix> hotfixes() {
        return instances.stream()
                .filter(InstanceDecision::isScheduled)
                .flatMap(i -> i.hotfix().stream())
                .distinct()
                .sorted(Comparator.comparing(Hotfix::target))
                .toList();
    }

    /** The instances that get an entry's packages. */
    List<InstanceDecision> of(Hotfix hotfix) {
        return instances.stream()
                .filter(i ->
                        i.isScheduled() && i.hotfix().filter(hotfix::equals).isPresent())
                .toList();
    }

    /** The hosts that are worked on: itself, or the nodes of the failover cluster whose network name it is. */
    List<HostSurvey> hosts() {
        return host.cluster()
                .map(c -> c.nodes().stream().map(NodeSurvey::host).toList())
                .orElseGet(() -> List.of(host));
    }

    /** Whether anything is installed on it. */
    boolean isScheduled() {
        return instances.stream().anyMatch(InstanceDecision::isScheduled);
    }
}
