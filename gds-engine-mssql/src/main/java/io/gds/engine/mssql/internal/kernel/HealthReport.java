package io.gds.engine.mssql.internal.kernel;

import io.gds.engine.mssql.AvailabilityGroupHealth;
import io.gds.engine.mssql.AvailabilityGroupHealth.DatabaseState;
import io.gds.engine.mssql.AvailabilityGroupHealth.Replica;
import io.gds.engine.mssql.internal.group.DatabaseRow;
import io.gds.engine.mssql.internal.group.DistributedView;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.ReplicaRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What everybody says, for programs. */
public final class HealthReport {
    private HealthReport() {}

    /** Of all groups of a cluster. */
    public static List<AvailabilityGroupHealth> of(GroupViews views) {
        return Stream.concat(
                        views.groups().stream().map(g -> of(views, g)),
                        views.distributed().stream().map(HealthReport::of))
                .toList();
    }

    /** A distributed group: its replicas are groups, and its trouble is that of the link between them. */
    private static AvailabilityGroupHealth of(DistributedView d) {
        return new AvailabilityGroupHealth(
                d.name(),
                AvailabilityGroupHealth.DISTRIBUTED,
                d.globalPrimary(),
                0,
                d.halves().stream().flatMap(h -> half(d, h).stream()).toList(),
                d.missing().stream().toList());
    }

    private static Optional<Replica> half(DistributedView d, String group) {
        boolean forwards = d.forwarderHalf().filter(group::equals).isPresent();
        return d.half(group)
                .map(r -> new Replica(
                        group,
                        d.primaryHalf().map(p -> forwards ? "SECONDARY" : "PRIMARY"),
                        r.mode().name(),
                        r.failover().name(),
                        forwards ? r.connected() : d.missing().isEmpty() || r.connected(),
                        false,
                        forwards ? each(d) : List.of()));
    }

    /** One row of each database: the global primary's and the forwarder's say the same, and the first may know more. */
    private static List<DatabaseState> each(DistributedView d) {
        return d.databases().stream()
                .collect(Collectors.toMap(DatabaseRow::name, HealthReport::database, (a, b) -> a, TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    private static AvailabilityGroupHealth of(GroupViews views, GroupView g) {
        List<String> trouble = new ArrayList<>();
        Leaders.doubt(g).ifPresent(trouble::add);
        views.silent().forEach((node, why) -> trouble.add(node + " does not answer: " + why));
        if (g.primary().isPresent()) {
            Standing standing = new Standing(g);
            standing.primary().ifPresent(trouble::add);
            g.replicas().stream()
                    .flatMap(r -> g.targetOf(r).stream())
                    .filter(t -> !t.equals(g.primaryName()) && views.of(t).isPresent())
                    .forEach(t -> standing.missing(t).ifPresent(trouble::add));
        }
        return new AvailabilityGroupHealth(
                g.name(),
                g.config().map(c -> c.cluster().name()).orElse(""),
                g.primary().map(p -> p.name()),
                g.config().map(GroupConfig::required).orElse(0),
                g.replicas().stream().map(r -> replica(views, g, r)).toList(),
                trouble);
    }

    private static Replica replica(GroupViews views, GroupView g, ReplicaRow r) {
        String node = g.targetOf(r).orElse(r.server());
        return new Replica(
                node,
                views.of(node).flatMap(v -> v.role(r.group())).map(Enum::name),
                r.mode().name(),
                r.failover().name(),
                r.connected(),
                g.isReady(node),
                g.primarysWord(node).stream().map(HealthReport::database).toList());
    }

    private static DatabaseState database(DatabaseRow d) {
        return new DatabaseState(
                d.name(),
                d.synchronization(),
                d.suspended(),
                d.ready(),
                d.sendQueue().orElse(0),
                d.redoQueue().orElse(0),
                d.recovery());
    }
}
