package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.run.Blocked;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.control.Mongod;
import io.gds.engine.mongo.internal.kernel.HostLook;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verbs of routers: equal processes without data. None leads, so nobody ever takes over. */
final class RouterVerbs implements RollingVerbs {
    private static final Duration SOON = Duration.ofMillis(100);

    private final MongoEngine routers;

    RouterVerbs(MongoEngine routers) {
        this.routers = routers;
    }

    private Mongod process(String router) {
        return new Mongod(routers, router);
    }

    @Override
    public List<Finding> preFlight(PatchRequest request) {
        List<Finding> out = new ArrayList<>(health());
        if (routers.spec().members().size() == 1) {
            out.add(Finding.ack(
                    "MONGO-ONLY-ROUTER",
                    routers.spec().members().get(0).name(),
                    "it is the only router of the spec",
                    "two or more",
                    "nothing where applications have routers of their own; else they wait while it is restarted."));
        }
        HostLook hosts = new HostLook(routers);
        for (MemberSpec r : routers.spec().members()) {
            out.addAll(hosts.findings(r.name(), request.target()));
        }
        return List.copyOf(out);
    }

    /** Where a version of a later hop is missing; all else about it can be told only when its turn has come. */
    List<Finding> available(EngineVersion version) {
        HostLook hosts = new HostLook(routers);
        return routers.spec().members().stream()
                .flatMap(r -> hosts.available(r.name(), version).stream())
                .toList();
    }

    @Override
    public List<Finding> postFlight(EngineVersion target) {
        List<Finding> out = new ArrayList<>(health());
        for (MemberView v : routers.views().all()) {
            if (!v.version().sameRelease(target)) {
                out.add(Finding.block(
                        "MONGO-WRONG-VERSION",
                        v.member().name(),
                        "runs " + v.version(),
                        target.toString(),
                        "look at what its unit or its configuration file is started with."));
            }
        }
        return List.copyOf(out);
    }

    @Override
    public List<Finding> health() {
        List<Finding> out = new ArrayList<>();
        SetViews views = routers.views();
        views.silent()
                .forEach((router, why) -> out.add(Finding.block(
                        "MONGO-MEMBER-DOWN",
                        router,
                        "it does not answer: " + why,
                        "an answer",
                        "start it, or correct its address in the cluster spec.")));
        for (MemberView v : views.all()) {
            if (v.state() != MemberState.ROUTER) {
                out.add(Finding.block(
                        "MONGO-NO-ROUTER",
                        v.member().name(),
                        "it is " + v.state(),
                        "a router, mongos",
                        "correct routers in the cluster spec."));
            }
        }
        return List.copyOf(out);
    }

    @Override
    public List<String> order(Topology topology) {
        return topology.members().stream().map(Member::name).sorted().toList();
    }

    @Override
    public List<BracketDraft> brackets(BracketScope scope, Topology topology, PatchRequest request) {
        if (scope.kind() != BracketScope.Kind.MEMBER) {
            return List.of();
        }
        return routers.spec().member(scope.member()).unit().stream()
                .map(unit -> PatchBrackets.unit(scope.member(), unit))
                .toList();
    }

    /** Starts the router whose turn it is, or all that are down when it is about all of them. */
    @Override
    public void revive(StepContext<?> context) {
        down(context).forEach(r -> process(r).start());
    }

    private List<String> down(StepContext<?> context) {
        String target = MongoVerbs.next(context);
        return routers.spec().members().stream()
                .map(MemberSpec::name)
                .filter(r -> !isOne(target) || r.equals(target))
                .filter(r -> process(r).process().isEmpty())
                .toList();
    }

    private boolean isOne(String target) {
        return routers.spec().members().stream().anyMatch(m -> m.name().equals(target));
    }

    @Override
    public Verdict alive(StepContext<?> context) {
        List<String> down = down(context);
        return down.isEmpty() ? Verdict.holds() : Verdict.again(down + " are down");
    }

    @Override
    public Permit mayGoDown(String router, Set<String> down, StepContext<?> context) {
        Set<String> silent = routers.views().silent().keySet();
        long allowed = context.params().integer("mayBeDown", 1);
        return silent.stream().filter(r -> !r.equals(router)).count() + 1 > allowed
                ? Permit.wait(new Blocked(
                        silent + " are down", "at most " + allowed + " routers down at a time", "their return", SOON))
                : Permit.granted();
    }

    @Override
    public Params beforeStop(String router) {
        return Params.empty();
    }

    @Override
    public void stop(String router, StepContext<?> context) {
        if (process(router).process().isPresent()) {
            process(router).tellToEnd(false);
        }
    }

    @Override
    public Verdict stopped(String router, StepContext<?> context) {
        return new Members(routers).stopped(router, context);
    }

    @Override
    public Optional<EngineVersion> installed(String router) {
        return routers.packages().installed(router);
    }

    @Override
    public void install(String router, EngineVersion version, StepContext<?> context) {
        context.fence();
        routers.packages().install(router, version);
    }

    @Override
    public void start(String router, StepContext<?> context) {
        process(router).start();
    }

    @Override
    public Verdict serving(String router, EngineVersion version, StepContext<?> context) {
        if (process(router).process().isEmpty()) {
            return Verdict.again(router + " is down");
        }
        Optional<MemberView> view = routers.views().of(router);
        if (view.isEmpty()) {
            return Verdict.notYet(new Blocked(router + " does not answer", "an answer", "its start", SOON));
        }
        return view.get().version().sameRelease(version)
                ? Verdict.holds()
                : Verdict.broken(Finding.block(
                        "MONGO-WRONG-VERSION",
                        router,
                        "runs " + view.get().version(),
                        version.toString(),
                        "look at what its unit or its configuration file is started with."));
    }

    @Override
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        return Optional.empty();
    }

    @Override
    public void settle(String from, String to, StepContext<?> context) {
        throw nobodyLeads();
    }

    @Override
    public Permit maySwitchOver(String from, String to, StepContext<?> context) {
        throw nobodyLeads();
    }

    @Override
    public Params beforeSwitchover(String from, String to) {
        throw nobodyLeads();
    }

    @Override
    public void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        throw nobodyLeads();
    }

    @Override
    public Verdict switchedOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        throw nobodyLeads();
    }

    @Override
    public Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        throw nobodyLeads();
    }

    private static IllegalStateException nobodyLeads() {
        return new IllegalStateException("no plan has a switchover between routers");
    }
}
