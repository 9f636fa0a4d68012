package io.gds.engine.mssql.internal.group;

import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.config.TargetSpec;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes a topology of what everybody says. The primary is that of the main group; whoever leads another one says so in an attribute. Members of
 * the second half of a distributed group are followers that are never failed over to; in the topology of that half its forwarder is primary.
 */
public final class GroupTopology {
    private static final String SOURCE = "sys.dm_hadr_database_replica_states.last_commit_time";

    private final GroupViews views;
    private final GroupView main;

    private GroupTopology(GroupViews views, GroupView main) {
        this.views = views;
        this.main = main;
    }

    /** The topology of these views. */
    public static Topology of(GroupViews views) {
        return new GroupTopology(views, views.main()).make();
    }

    /** The topology of one group alone, with the instances that have a replica of it. */
    public static Topology part(GroupViews views, GroupView group) {
        return new GroupTopology(views, group).part();
    }

    private Topology part() {
        List<TargetSpec> targets = views.targets().stream()
                .filter(t -> main.replica(t.name()).isPresent())
                .toList();
        return new Topology(
                main.name(),
                main.config().map(GroupConfig::id).orElse(""),
                targets.stream().map(t -> member(t, main)).toList(),
                links(main),
                views.observedAt());
    }

    private Topology make() {
        List<Member> members = views.targets().stream()
                .map(t -> member(t, views.whole().isPresent() ? views.home(t.name()) : main))
                .toList();
        List<Link> links = new ArrayList<>(links(main));
        views.whole().ifPresent(d -> {
            between(d).ifPresent(links::add);
            d.forwarderHalf().flatMap(views::named).ifPresent(h -> links.addAll(links(h)));
        });
        String id = main.config().map(GroupConfig::id).orElse("");
        return new Topology(views.cluster(), id, members, links, views.observedAt());
    }

    private List<Link> links(GroupView group) {
        String primary = group.primaryName();
        return primary.isEmpty()
                ? List.of()
                : views.targets().stream()
                        .map(TargetSpec::name)
                        .filter(t -> !t.equals(primary))
                        .flatMap(t -> link(group, primary, t).stream())
                        .toList();
    }

    /** From the global primary to the forwarder. */
    private Optional<Link> between(DistributedView d) {
        String state = d.databases().stream()
                .map(DatabaseRow::synchronization)
                .distinct()
                .sorted()
                .findFirst()
                .orElse("UNKNOWN");
        String mode =
                d.forwarderHalf().flatMap(d::half).map(r -> r.mode().name()).orElse("");
        return d.globalPrimary()
                .flatMap(p -> d.forwarder().map(f -> lag(views.home(p).primarysWord(p), d.databases())
                        .map(l -> Link.of(p, f, state, mode, l))
                        .orElseGet(() -> Link.ofUnknownLag(p, f, state, mode))));
    }

    private Member member(TargetSpec target, GroupView home) {
        Member.Builder b = Member.named(target.name(), target.address())
                .attribute("instance", target.instanceName())
                .attribute("environment", target.environment());
        Optional<InstanceView> view = views.of(target.name());
        view.ifPresent(v -> {
            b.answered(role(target.name(), home), EngineVersion.parse(v.facts().version()));
            b.attribute("edition", v.facts().edition());
            v.facts().build().family().ifPresent(f -> b.attribute("family", f.label()));
            b.attribute("level", v.facts().describe());
            b.attribute("replica", v.facts().serverName());
        });
        views.whole().ifPresent(d -> {
            b.attribute("group", home.name());
            d.globalPrimary()
                    .filter(target.name()::equals)
                    .ifPresent(t -> b.attribute("distributed", "global primary"));
            d.forwarder().filter(target.name()::equals).ifPresent(t -> b.attribute("distributed", "forwarder"));
        });
        home.replica(target.name()).ifPresent(r -> {
            b.attribute("mode", r.mode().name());
            b.attribute("failover", r.failover().name());
        });
        List<String> leads =
                views.ledBy(target.name()).stream().map(GroupView::name).toList();
        if (!leads.isEmpty()) {
            b.attribute("leads", String.join(", ", leads));
        }
        return b.build();
    }

    /** Whoever is not synchronous is never failed over to, unless nobody is: then that is made so for the time of a switchover. */
    private MemberRole role(String target, GroupView home) {
        if (main.primaryName().equals(target)) {
            return MemberRole.PRIMARY;
        }
        Optional<ReplicaRow> replica = home.replica(target);
        Optional<ReplicaRole> own =
                views.of(target).flatMap(v -> v.group(home.name()).flatMap(g -> v.role(g.id())));
        boolean isOfOtherHalf = !home.name().equals(main.name());
        if (isOfOtherHalf && own.filter(r -> r != ReplicaRole.RESOLVING).isPresent()) {
            return replica.filter(ReplicaRow::hasDatabases).isPresent() ? MemberRole.REPLICA : MemberRole.ARBITER;
        }
        if (replica.isEmpty() || own.isEmpty() || own.get() != ReplicaRole.SECONDARY) {
            return MemberRole.UNKNOWN;
        }
        if (!replica.get().hasDatabases()) {
            return MemberRole.ARBITER;
        }
        return replica.get().isSynchronous() || main.synchronous().isEmpty() ? MemberRole.STANDBY : MemberRole.REPLICA;
    }

    private Optional<Link> link(GroupView group, String primary, String target) {
        return group.replica(target).filter(ReplicaRow::hasDatabases).map(r -> {
            List<DatabaseRow> databases = group.primarysWord(target);
            String state = databases.stream()
                    .map(DatabaseRow::synchronization)
                    .distinct()
                    .sorted()
                    .findFirst()
                    .orElse("UNKNOWN");
            return lag(group.primarysWord(primary), databases)
                    .filter(l -> r.connected() && views.of(target).isPresent())
                    .map(l -> Link.of(primary, target, state, r.mode().name(), l))
                    .orElseGet(() ->
                            Link.ofUnknownLag(primary, target, state, r.mode().name()));
        });
    }

    /** The longest of all databases, by the newest commits here and there. */
    private static Optional<Lag> lag(List<DatabaseRow> heads, List<DatabaseRow> databases) {
        return databases.stream()
                .flatMap(d -> heads.stream()
                        .filter(h -> h.name().equals(d.name()))
                        .flatMap(h -> behind(h.lastCommit(), d.lastCommit()).stream()))
                .max(Comparator.naturalOrder())
                .map(d -> new Lag(Math.max(0, d.toMillis()), Lag.Unit.MILLISECONDS, SOURCE));
    }

    private static Optional<Duration> behind(Optional<LocalDateTime> head, Optional<LocalDateTime> at) {
        return head.flatMap(h -> at.map(a -> Duration.between(a, h)));
    }
}
