package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.ClusterParts;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.ShardedEngine;
import io.gds.engine.mongo.internal.kernel.GoingBack;
import io.gds.engine.mongo.internal.kernel.ShardedHealth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The verbs of a sharded cluster: what is about a member is done by the part that it belongs to, and what is about the whole
 * by all of them.
 */
public final class ShardedVerbs implements RollingVerbs, ClusterParts {
    private final ShardedEngine cluster;
    private final Map<String, RollingVerbs> parts = new LinkedHashMap<>();

    /** The verbs of a cluster. */
    public ShardedVerbs(ShardedEngine cluster) {
        this.cluster = cluster;
        cluster.sets().forEach(s -> parts.put(s.spec().name(), new MongoVerbs(s)));
        parts.put(cluster.routers().spec().name(), new RouterVerbs(cluster.routers()));
    }

    /** The config servers, then the shards, then the routers: a newer shard must not meet older config servers. */
    @Override
    public List<List<Topology>> turns(Topology whole, int atOnce) {
        List<List<Topology>> out = new ArrayList<>();
        out.add(List.of(part(whole, cluster.configServers())));
        List<Topology> shards =
                cluster.shards().stream().map(s -> part(whole, s)).toList();
        for (int i = 0; i < shards.size(); i += atOnce) {
            out.add(List.copyOf(shards.subList(i, Math.min(shards.size(), i + atOnce))));
        }
        out.add(List.of(part(whole, cluster.routers())));
        return List.copyOf(out);
    }

    private static Topology part(Topology whole, MongoEngine part) {
        Set<String> names = part.spec().names();
        return new Topology(
                part.spec().name(),
                whole.systemId(),
                whole.members().stream().filter(m -> names.contains(m.name())).toList(),
                whole.links().stream()
                        .filter(l -> names.contains(l.downstream()))
                        .toList(),
                whole.observedAt());
    }

    private RollingVerbs of(String member) {
        return named(cluster.of(member).spec().name()).orElseThrow();
    }

    private Optional<RollingVerbs> named(String part) {
        return Optional.ofNullable(parts.get(part));
    }

    /** Those that a step is about: the part, the one of the member, or all. */
    private List<RollingVerbs> about(StepContext<?> c) {
        String target = MongoVerbs.next(c);
        if (named(target).isPresent()) {
            return List.of(named(target).get());
        }
        boolean member = cluster.parts().stream().anyMatch(p -> p.spec().names().contains(target));
        return member ? List.of(of(target)) : List.copyOf(parts.values());
    }

    private List<Finding> each(Function<RollingVerbs, List<Finding>> ask) {
        return parts.values().stream().flatMap(p -> ask.apply(p).stream()).toList();
    }

    @Override
    public List<Finding> preFlight(PatchRequest request) {
        List<Finding> out = new ArrayList<>(each(p -> p.preFlight(request)));
        out.addAll(new ShardedHealth(cluster).findings());
        return List.copyOf(out);
    }

    @Override
    public List<Finding> postFlight(EngineVersion target) {
        return each(p -> p.postFlight(target));
    }

    @Override
    public List<Finding> health() {
        return each(RollingVerbs::health);
    }

    @Override
    public List<String> order(Topology topology) {
        return named(topology.cluster()).map(p -> p.order(topology)).orElseGet(() -> turns(topology, 1).stream()
                .flatMap(List::stream)
                .flatMap(part -> order(part).stream())
                .toList());
    }

    @Override
    public List<BracketDraft> brackets(BracketScope scope, Topology topology, PatchRequest request) {
        if (!scope.member().isEmpty()) {
            return of(scope.member()).brackets(scope, topology, request);
        }
        return named(topology.cluster())
                .map(p -> p.brackets(scope, topology, request))
                .orElseGet(() -> List.of(new BracketDraft(
                        "balancer",
                        "Stop the balancer while parts of the cluster run different versions",
                        ActionId.of(BalancerHandlers.STOP),
                        Params.empty(),
                        ActionId.of(BalancerHandlers.RESTORE),
                        Params.empty(),
                        Urgency.CALM)));
    }

    @Override
    public void revive(StepContext<?> context) {
        about(context).forEach(p -> p.revive(context));
    }

    @Override
    public Verdict alive(StepContext<?> context) {
        for (RollingVerbs part : about(context)) {
            Verdict v = part.alive(context);
            if (!(v instanceof Verdict.Holds)) {
                return v;
            }
        }
        return Verdict.holds();
    }

    @Override
    public Permit mayGoDown(String member, Set<String> down, StepContext<?> context) {
        return of(member).mayGoDown(member, down, context);
    }

    /** Every set is asked, for a router's sake too: the data of the config servers changes first, and that of each shard by itself. */
    @Override
    public Permit mayGoBack(String member, EngineVersion former) {
        return cluster.sets().stream()
                .map(s -> new GoingBack(s).mayGoBack(member, former))
                .filter(p -> !(p instanceof Permit.Granted))
                .findFirst()
                .orElseGet(Permit::granted);
    }

    @Override
    public Params beforeStop(String member) {
        return of(member).beforeStop(member);
    }

    @Override
    public void stop(String member, StepContext<?> context) {
        of(member).stop(member, context);
    }

    @Override
    public Verdict stopped(String member, StepContext<?> context) {
        return of(member).stopped(member, context);
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return of(member).installed(member);
    }

    @Override
    public void install(String member, EngineVersion version, StepContext<?> context) {
        of(member).install(member, version, context);
    }

    @Override
    public void start(String member, StepContext<?> context) {
        of(member).start(member, context);
    }

    @Override
    public Verdict serving(String member, EngineVersion version, StepContext<?> context) {
        return of(member).serving(member, version, context);
    }

    /** All that may be chosen are of one part. */
    @Override
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        return allowed.stream().findFirst().flatMap(m -> of(m).candidate(allowed, version));
    }

    @Override
    public void settle(String from, String to, StepContext<?> context) {
        of(from).settle(from, to, context);
    }

    @Override
    public Permit maySwitchOver(String from, String to, StepContext<?> context) {
        return of(from).maySwitchOver(from, to, context);
    }

    @Override
    public Params beforeSwitchover(String from, String to) {
        return of(from).beforeSwitchover(from, to);
    }

    @Override
    public void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        of(from).switchOver(from, to, formerStaysDown, context);
    }

    @Override
    public Verdict switchedOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return of(from).switchedOver(from, to, formerStaysDown, context);
    }

    @Override
    public Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return of(from).probeSwitchover(from, to, formerStaysDown, context);
    }
}
