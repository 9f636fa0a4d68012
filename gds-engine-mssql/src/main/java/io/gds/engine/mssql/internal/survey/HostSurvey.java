package io.gds.engine.mssql.internal.survey;

import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host before a plan, with the instances on it that are looked after.
 *
 * @param server its name in the spec
 * @param facts what it says of itself; empty when it did not answer
 * @param silence why it did not answer; empty when it did
 * @param instances the instances
 * @param packages the packages that it may need, by path
 * @param cluster the failover cluster whose network name the server is; empty for a host
 */
public record HostSurvey(
        String server,
        Optional<HostFacts> facts,
        String silence,
        List<InstanceSurvey> instances,
        Map<String, PackageFacts> packages,
        Optional<ClusterSurvey> cluster) {
    /** Copies the parts. */
    public HostSurvey {
        instances = List.copyOf(instances);
        packages = Map.copyOf(packages);
    }

    /** A host, and no failover cluster. */
    public HostSurvey(
            String server,
            Optional<HostFacts> facts,
            String silence,
            List<InstanceSurvey> instances,
            Map<String, PackageFacts> packages) {
        this(server, facts, silence, instances, packages, Optional.empty());
    }

    /** The same with packages. */
    public HostSurvey with(Map<String, PackageFacts> seen) {
        return new HostSurvey(server, facts, silence, instances, seen, cluster);
    }

    HostSurvey with(ClusterSurvey seen) {
        return new HostSurvey(server, facts, silence, instances, packages, Optional.of(seen));
    }
}
