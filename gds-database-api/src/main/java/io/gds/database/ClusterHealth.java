package io.gds.database;

import io.gds.database.plan.Finding;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** Whether a cluster is in order, as it was seen at one time. An engine that knows more says so in a type of its own. */
public interface ClusterHealth {
    /** What is not in order, in words for people; empty when everything is. */
    List<String> trouble();

    /** Whether everything is in order. */
    default boolean isHealthy() {
        return trouble().isEmpty();
    }

    /** What an engine found. */
    static ClusterHealth of(List<Finding> findings) {
        return new TroubleList(findings.stream()
                .map(f -> f.subject() + ": " + f.observed() + "; expected " + f.expected())
                .toList());
    }

    /** What can be said of any cluster: everybody answers, and somebody accepts writes. */
    static ClusterHealth of(Topology topology) {
        List<String> trouble = new ArrayList<>();
        for (Member m : topology.members()) {
            if (!m.reachable()) {
                trouble.add(m.name() + ": it does not answer");
            }
        }
        if (topology.members().stream()
                .noneMatch(m -> m.role() == MemberRole.PRIMARY || m.role() == MemberRole.WRITABLE)) {
            trouble.add(topology.cluster() + ": nobody accepts writes");
        }
        return new TroubleList(trouble);
    }
}
