package io.gds.engine.postgres.internal.patroni;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.run.Blocked;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepDraft;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.kernel.Health;
import io.gds.engine.postgres.internal.kernel.Kernel;
import io.gds.engine.postgres.internal.patroni.api.ClusterMember;
import io.gds.engine.postgres.internal.patroni.api.ClusterView;
import io.gds.engine.postgres.internal.patroni.api.SyncState;
import io.gds.engine.postgres.internal.patroni.node.PatroniNode;
import io.gds.engine.postgres.internal.steps.ExtensionHandlers;
import io.gds.engine.postgres.internal.steps.StreamingVerbs;
import io.gds.engine.postgres.internal.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The verbs of a cluster that Patroni runs. High availability stays on; the cluster is never paused. */
final class PatroniVerbs implements RollingVerbs {
    /** Of a switchover by Patroni on a small database, until the new leader takes writes. */
    private static final Duration PROMOTION = Duration.ofMillis(1400);

    private final PostgresEngine engine;
    private final PatroniCluster patroni;
    private final Kernel kernel;
    private final StreamingVerbs streaming;
    private final PatroniMembers members;
    private final PatroniSwitchover switchovers;

    PatroniVerbs(PostgresEngine engine, PatroniCluster patroni, PatroniMembers members) {
        this.engine = engine;
        this.patroni = patroni;
        this.members = members;
        this.kernel = new Kernel(engine);
        this.streaming = new StreamingVerbs(engine);
        this.switchovers = new PatroniSwitchover(engine, patroni, kernel);
    }

    private PackageManager packages() {
        return engine.packages().orElseThrow(() -> GdsDatabaseException.user("GDS-PACKAGES-MISSING")
                .message("cluster " + engine.name() + " has no package manager in its spec.")
                .remedy("add packages to the spec, for example type: apt.")
                .build());
    }

    @Override
    public List<Finding> preFlight(PatchRequest request) {
        List<Finding> out = new ArrayList<>(new PatroniPreFlight(engine, patroni).findings(request));
        out.addAll(Traffic.preFlight(engine, PROMOTION));
        return out;
    }

    @Override
    public List<Finding> postFlight(EngineVersion target) {
        return new Health(engine).postFlight(target);
    }

    @Override
    public List<Finding> health() {
        return new Health(engine).findings();
    }

    @Override
    public List<String> order(Topology topology) {
        return streaming.order(topology);
    }

    @Override
    public List<BracketDraft> brackets(BracketScope scope, Topology topology, PatchRequest request) {
        return new PatroniBrackets(patroni, Traffic.brackets(engine.spec())).of(scope, topology);
    }

    @Override
    public boolean downloads() {
        return true;
    }

    @Override
    public void download(String member, EngineVersion version, StepContext<?> context) {
        packages().download(member, version);
    }

    @Override
    public Params details(String member, EngineVersion version) {
        try {
            PatroniNode node = patroni.node(member);
            return Params.of("unit", node.unit(), "data", node.dataDir(), "programs", node.binDir())
                    .with("configuration", node.configFile())
                    .with("packages", packages().changes(member, version));
        } catch (GdsDatabaseException e) {
            return Params.empty(); // the same is a finding of the pre-flight, which refuses the run
        }
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
        UnitControl.Look look = patroni.unit(member).look();
        if (look.isDown() && look.processes().isEmpty()) {
            return Permit.granted();
        }
        Optional<Blocked> held = Standing.of(patroni.apis().cluster()).blocked();
        if (held.isPresent()) {
            return Permit.wait(held.get());
        }
        Topology t = engine.topology();
        // a former primary that Patroni is just starting as a follower would be left running by its unit's stop
        boolean follows =
                t.linkTo(member).filter(l -> l.state().equals("streaming")).isPresent()
                        && t.primary()
                                .map(p -> p.attributes().get("timeline"))
                                .equals(t.member(member).map(m -> m.attributes().get("timeline")));
        boolean primary = t.primary().filter(p -> p.name().equals(member)).isPresent();
        boolean answers = t.member(member).filter(m -> m.reachable()).isPresent();
        if (!follows && !primary && answers) {
            return Permit.wait(new Blocked(
                    member + " does not stream on the primary's timeline yet",
                    "streaming",
                    "its Patroni, which is just starting it",
                    Duration.ofMillis(100)));
        }
        return kernel.mayGoDown(member, context);
    }

    @Override
    public Params beforeStop(String member) {
        return streaming.beforeStop(member);
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
        return members.serving(member, version, context);
    }

    /** Patroni hands over to nobody that is tagged nofailover, and to a synchronous standby where there are any. */
    @Override
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        ClusterView view = patroni.apis().cluster();
        boolean synchronousOnly =
                view.members().stream().anyMatch(m -> m.syncState() == SyncState.SYNC) && patroni.choosesSyncStandbys();
        Set<String> fit = new TreeSet<>();
        for (ClusterMember m : view.members()) {
            if (allowed.contains(m.name())
                    && Candidates.mayLead(m.tags())
                    && (!synchronousOnly || m.syncState() == SyncState.SYNC)) {
                fit.add(m.name());
            }
        }
        return kernel.candidate(fit, version);
    }

    @Override
    public void settle(String from, String to, StepContext<?> context) {
        streaming.settle(from, to, context);
    }

    @Override
    public Permit maySwitchOver(String from, String to, StepContext<?> context) {
        return switchovers.may(from, to);
    }

    @Override
    public Params beforeSwitchover(String from, String to) {
        return Params.of("from", from, "to", to);
    }

    @Override
    public void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        switchovers.switchOver(from, to, context);
    }

    @Override
    public Verdict switchedOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return switchovers.done(from, to, formerStaysDown, context);
    }

    @Override
    public Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return switchovers.probe(from, to, formerStaysDown);
    }
}
