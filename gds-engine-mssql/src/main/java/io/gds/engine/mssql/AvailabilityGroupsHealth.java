package io.gds.engine.mssql;

import io.gds.database.ClusterHealth;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The health of a cluster of availability groups: what {@code engine.health()} of such a cluster gives.
 *
 * @param groups every group with its replicas, databases, queues, and what is not in order
 */
public record AvailabilityGroupsHealth(List<AvailabilityGroupHealth> groups) implements ClusterHealth {
    /** Copies the list. */
    public AvailabilityGroupsHealth {
        groups = List.copyOf(groups);
    }

    @Override
    public List<String> trouble() {
        return groups.stream().flatMap(g -> g.trouble().stream()).distinct().toList();
    }

    @Override
    public String toString() {
        return groups.stream()
                .map(g -> g.name() + ": primary " + g.primary().orElse("nobody") + ", "
                        + (g.isHealthy() ? "in order" : "not in order: " + String.join("; ", g.trouble())))
                .collect(Collectors.joining("\n"));
    }
}
