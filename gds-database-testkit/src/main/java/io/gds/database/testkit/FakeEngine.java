package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import io.gds.database.Cloning;
import io.gds.database.ConfigAdmin;
import io.gds.database.Database;
import io.gds.database.DatabaseEngine;
import io.gds.database.EngineMetadata;
import io.gds.database.ReplicationAdmin;
import io.gds.database.plan.ClusterRef;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.ProbeTable;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engine whose servers are members of a {@link FakeCluster}. Thread-safe. */
public final class FakeEngine implements DatabaseEngine {
    private final FakeCluster cluster;
    private final ClusterRef reference;
    private final Mishaps mishaps;
    private final Map<Class<?>, Object> facets = new LinkedHashMap<>();

    FakeEngine(FakeCluster cluster, ClusterRef reference, Mishaps mishaps) {
        this.cluster = requireNonNull(cluster, "cluster");
        this.reference = requireNonNull(reference, "reference");
        this.mishaps = requireNonNull(mishaps, "mishaps");
        facets.put(RollingVerbs.class, new FakeVerbs(this));
        facets.put(ProbeTable.class, new FakeProbeTable(this));
        facets.put(Cloning.class, new FakeCloning(this));
        facets.put(ConfigAdmin.class, new FakeConfigAdmin(cluster));
        facets.put(ReplicationAdmin.class, new FakeReplicationAdmin(this));
        if (cluster.abilities().canRestartInPlace()) {
            facets.put(PrimaryTurns.class, new FakePrimaryTurns(this));
        }
    }

    /** This engine with one facet exchanged; for engines that are wrong on purpose. */
    <T> FakeEngine with(Class<T> facet, T other) {
        facets.put(facet, other);
        return this;
    }

    FakeEngine copyOn(FakeCluster clone, ClusterRef as) {
        return new FakeEngine(clone, as, mishaps);
    }

    FakeCluster cluster() {
        return cluster;
    }

    Hands hands(StepContext<?> context) {
        return mishaps.hands(context);
    }

    /** For what is done outside of a step's context; the core has fenced right before. */
    Hands hands() {
        return mishaps.hands();
    }

    @Override
    public ClusterRef reference() {
        return reference;
    }

    @Override
    public EngineMetadata metadata() {
        return FakeMetadata.of(cluster);
    }

    @Override
    public Topology topology() {
        mishaps.check();
        List<String> primaries = cluster.primaries();
        List<Member> members = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (String name : cluster.names()) {
            Member.Builder m = Member.named(name, name + ".fake:1000");
            boolean reachable =
                    !cluster.faults().isUnreachable(name, cluster.clock().instant());
            if (reachable) {
                cluster.running(name)
                        .ifPresent(
                                v -> m.answered(primaries.contains(name) ? MemberRole.PRIMARY : MemberRole.STANDBY, v));
            }
            members.add(m.build());
            if (!primaries.isEmpty() && !primaries.contains(name)) {
                links.add(link(primaries.get(0), name));
            }
        }
        return new Topology(
                cluster.name(), "fake-system", members, links, cluster.clock().instant());
    }

    private Link link(String from, String to) {
        return cluster.lag(to)
                .map(ms -> Link.of(from, to, "streaming", "async", new Lag(ms, Lag.Unit.MILLISECONDS, "fake")))
                .orElseGet(() -> Link.ofUnknownLag(from, to, "none", "unknown"));
    }

    @Override
    public Instant serverTime() {
        return cluster.clock().instant();
    }

    @Override
    public List<Database> databases() {
        return List.of(new FakeDatabase("app"));
    }

    @Override
    public Database database(String name) {
        return new FakeDatabase(name);
    }

    @Override
    public Set<Class<?>> facets() {
        return Set.copyOf(facets.keySet());
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return Optional.ofNullable(facets.get(type)).map(type::cast);
    }

    @Override
    public void close() {}
}
