package io.gds.engine.postgres.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepDraft;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Lag;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Host;
import io.gds.engine.postgres.internal.kernel.Health;
import io.gds.engine.postgres.internal.kernel.Kernel;
import io.gds.engine.postgres.internal.kernel.PreFlight;
import io.gds.engine.postgres.internal.sql.SqlText;
import io.gds.engine.postgres.internal.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verbs of plain streaming replication. */
public final class StreamingVerbs implements RollingVerbs {
    /** Of our own switchover on a small database. */
    private static final Duration PROMOTION = Duration.ofMillis(300);

    private final PostgresEngine engine;
    private final Kernel kernel;
    private final MemberControl members;
    private final SwitchoverControl switchovers;

    /** The verbs of a cluster. */
    public StreamingVerbs(PostgresEngine engine) {
        this.engine = engine;
        this.kernel = new Kernel(engine);
        this.members = new MemberControl(engine);
        this.switchovers = new SwitchoverControl(engine, members);
    }

    private PackageManager packages() {
        return engine.packages().orElseThrow(() -> GdsDatabaseException.user("GDS-PACKAGES-MISSING")
                .message("cluster " + engine.name() + " has no package manager in its spec.")
                .remedy("add packages to the spec, for example type: directories.")
                .build());
    }

    @Override
    public List<Finding> preFlight(PatchRequest request) {
        List<Finding> out = new ArrayList<>(new PreFlight(engine).findings(request));
        out.addAll(Traffic.preFlight(engine, PROMOTION));
        otherHosts().ifPresent(out::add);
        return out;
    }

    /** The timer's promoting half acts on the candidate's data directory, from the old primary's host. */
    private Optional<Finding> otherHosts() {
        boolean here = engine.spec()
                .shell()
                .flatMap(s -> s.optionalString("type"))
                .filter("local"::equals)
                .isPresent();
        long hosts = engine.spec().members().stream()
                .map(m -> m.address().host())
                .distinct()
                .count();
        return here || hosts < 2
                ? Optional.empty()
                : Optional.of(Finding.ack(
                        "PG-GUARD-ONE-HOST",
                        engine.name(),
                        "members on " + hosts + " hosts: should this process die between the old primary's stop and the"
                                + " promotion, the dead man's timer cannot promote on another host",
                        "members on one host, or Patroni",
                        "resume the run at once should the orchestrator die, or let Patroni run the cluster."));
    }

    @Override
    public List<Finding> postFlight(EngineVersion target) {
        return new Health(engine).postFlight(target);
    }

    @Override
    public List<Finding> health() {
        return new Health(engine).findings();
    }

    /** Followers that never take over first, then asynchronous ones, then those that trail most. */
    @Override
    public List<String> order(Topology t) {
        return t.members().stream()
                .filter(m -> m.role() == MemberRole.STANDBY || m.role() == MemberRole.REPLICA)
                .sorted(Comparator.<Member>comparingInt(m -> m.role() == MemberRole.REPLICA ? 0 : 1)
                        .thenComparingInt(m -> t.linkTo(m.name())
                                        .map(Link::syncState)
                                        .filter(x -> x.equals("sync") || x.equals("quorum"))
                                        .isPresent()
                                ? 1
                                : 0)
                        .thenComparing(m -> t.linkTo(m.name())
                                .flatMap(Link::lag)
                                .map(Lag::amount)
                                .map(x -> -(x >> 20))
                                .orElse(Long.MIN_VALUE))
                        .thenComparing(Member::name))
                .map(Member::name)
                .toList();
    }

    @Override
    public List<BracketDraft> brackets(BracketScope scope, Topology topology, PatchRequest request) {
        return new PatchBrackets(engine, kernel).of(scope, topology, request);
    }

    @Override
    public List<StepDraft> afterwards(Topology topology, PatchRequest request) {
        return ExtensionHandlers.afterwards(request);
    }

    @Override
    public void revive(StepContext<?> context) {
        members.revive();
    }

    @Override
    public Verdict alive(StepContext<?> context) {
        return members.alive();
    }

    @Override
    public Permit mayGoDown(String member, Set<String> down, StepContext<?> context) {
        return kernel.mayGoDown(member, context);
    }

    @Override
    public Params beforeStop(String member) {
        return engine.topology()
                .member(member)
                .map(m ->
                        Params.of("role", m.role(), "startedAt", m.attributes().getOrDefault("startedAt", "")))
                .orElse(Params.empty());
    }

    @Override
    public void stop(String member, StepContext<?> context) {
        members.stop(member);
    }

    @Override
    public Verdict stopped(String member, StepContext<?> context) {
        return members.stopped(member);
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return packages().installed(member);
    }

    @Override
    public void install(String member, EngineVersion version, StepContext<?> context) {
        PackageManager manager = packages();
        context.fence();
        manager.install(member, version);
    }

    @Override
    public void start(String member, StepContext<?> context) {
        members.start(member);
    }

    @Override
    public Verdict serving(String member, EngineVersion version, StepContext<?> context) {
        return new Serving(engine, members::alive, m -> new Host(engine, m)
                        .postmaster()
                        .isPresent())
                .verify(member, version, context);
    }

    @Override
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        return kernel.candidate(allowed, version);
    }

    @Override
    public void settle(String from, String to, StepContext<?> context) {
        for (String member : List.of(to, from)) {
            engine.connections().onMember(member, s -> {
                s.within(Duration.ofMinutes(30)).execute(SqlText.of("CHECKPOINT"));
                return member;
            });
        }
    }

    @Override
    public Permit maySwitchOver(String from, String to, StepContext<?> context) {
        return kernel.maySwitchOver(from, to);
    }

    @Override
    public Params beforeSwitchover(String from, String to) {
        return Params.of("from", from, "to", to);
    }

    @Override
    public void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        switchovers.switchOver(from, to, formerStaysDown, Caller.of(context));
    }

    @Override
    public Verdict switchedOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return switchovers.done(from, to, formerStaysDown);
    }

    @Override
    public Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return switchovers.probe(from, to, formerStaysDown);
    }
}
