package io.gds.database.testkit;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Gate;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Urgency;
import io.gds.database.run.Blocked;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepDraft;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verbs of the fake, as a careful engine writes them. A wrong one overrides what it gets wrong. */
class FakeVerbs implements RollingVerbs {
    /** The change that makes clients wait. */
    static final String BLOCKING = "cluster/writes";

    private static final Duration SOON = Duration.ofMillis(500);

    private final FakeEngine engine;
    private final FakeCluster cluster;
    private final FakeSwitchover switchover;

    FakeVerbs(FakeEngine engine) {
        this.engine = engine;
        this.cluster = engine.cluster();
        this.switchover = new FakeSwitchover(cluster);
    }

    final FakeEngine engine() {
        return engine;
    }

    static Blocked blocked(String observed, String needed) {
        return new Blocked(observed, needed, "the fake's time passing", SOON);
    }

    static Finding block(String id, String subject, String observed, String expected) {
        return Finding.block(id, subject, observed, expected, "mend the fake cluster.");
    }

    @Override
    public List<Finding> preFlight(PatchRequest request) {
        return health();
    }

    @Override
    public List<Finding> postFlight(EngineVersion target) {
        List<Finding> out = new ArrayList<>(health());
        for (String m : cluster.names()) {
            Optional<EngineVersion> v = cluster.running(m);
            if (v.filter(target::equals).isEmpty()) {
                out.add(block("FAKE-VERSION", m, v.map(EngineVersion::toString).orElse("down"), target.toString()));
            }
        }
        return out;
    }

    @Override
    public List<Finding> health() {
        List<Finding> out = new ArrayList<>();
        List<String> primaries = cluster.primaries();
        if (primaries.size() != 1) {
            out.add(block("FAKE-PRIMARY", cluster.name(), "primaries " + primaries, "exactly one"));
        }
        for (String m : cluster.names()) {
            if (!primaries.contains(m) && cluster.lag(m).filter(l -> l == 0).isEmpty()) {
                out.add(block("FAKE-FOLLOWS", m, "lag " + cluster.lag(m), "a follower without lag"));
            }
        }
        return out;
    }

    @Override
    public List<String> order(Topology topology) {
        List<String> primaries = cluster.primaries();
        return cluster.names().stream().filter(m -> !primaries.contains(m)).toList();
    }

    @Override
    public List<BracketDraft> brackets(BracketScope scope, Topology topology, PatchRequest request) {
        return switch (scope.kind()) {
            case RUN -> List.of(bracket("maintenance", "cluster/maintenance", "on", Urgency.CALM));
            case MEMBER -> List.of(bracket("cordon", scope.member() + "/cordoned", "yes", Urgency.CALM));
            case RESTART ->
                List.of(
                        bracket("retry", "cluster/retry", "short", Urgency.CALM),
                        bracket("writes", BLOCKING, "held", Urgency.BLOCKING));
            case SWITCHOVER -> List.of(bracket("writes", BLOCKING, "held", Urgency.BLOCKING));
        };
    }

    private static BracketDraft bracket(String name, String key, String value, Urgency urgency) {
        Params p = Params.of("key", key, "value", value);
        return new BracketDraft(
                name,
                "Set " + key + " to " + value,
                ActionId.of(FakeHandlers.SET),
                urgency.closesFirst() ? p.with("lasts", Duration.ofSeconds(30)) : p,
                ActionId.of(FakeHandlers.RESTORE),
                p,
                urgency);
    }

    @Override
    public List<StepDraft> afterwards(Topology topology, PatchRequest request) {
        return request.extensions()
                .filter(rule -> cluster.abilities().canUpdateExtensions())
                .map(rule -> List.of(new StepDraft(
                        "extensions",
                        "Update extensions to " + request.target(),
                        ActionId.of(FakeHandlers.EXTEND),
                        Params.of("version", request.target().toString()),
                        new Gate("before-extensions", rule))))
                .orElse(List.of());
    }

    @Override
    public void revive(StepContext<?> context) {
        if (cluster.primaries().isEmpty()) {
            List<String> left = cluster.names().stream()
                    .filter(m -> cluster.member(m).primary)
                    .toList();
            if (left.size() == 1) {
                cluster.work().start(left.get(0), engine.hands(context));
            }
        }
    }

    @Override
    public Verdict alive(StepContext<?> context) {
        List<String> primaries = cluster.primaries();
        if (primaries.size() > 1) {
            return Verdict.broken(block("FAKE-SPLIT", cluster.name(), "primaries " + primaries, "exactly one"));
        }
        return primaries.isEmpty() ? Verdict.again("no member is primary") : Verdict.holds();
    }

    @Override
    public Permit mayGoDown(String member, Set<String> down, StepContext<?> context) {
        cluster.reach(member);
        if (cluster.isDown(member)) {
            return Permit.granted();
        }
        if (cluster.primaries().contains(member) && !context.params().flag("inPlace")) {
            return Permit.refused(block("FAKE-IS-PRIMARY", member, "it is primary", "a follower"));
        }
        List<String> others = cluster.names().stream()
                .filter(m -> !m.equals(member) && cluster.isDown(m))
                .toList();
        return others.size() + 1 <= cluster.allowedDown()
                ? Permit.granted(Params.of("down", others))
                : Permit.wait(blocked(others + " are down", "fewer than " + cluster.allowedDown()));
    }

    @Override
    public Params beforeStop(String member) {
        return Params.of("primary", cluster.primaries().contains(member));
    }

    @Override
    public void stop(String member, StepContext<?> context) {
        cluster.work().stop(member, engine.hands(context));
    }

    @Override
    public Verdict stopped(String member, StepContext<?> context) {
        cluster.reach(member);
        return cluster.isDown(member) ? Verdict.holds() : Verdict.notYet(blocked(member + " runs", "no process"));
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        cluster.reach(member);
        return Optional.of(cluster.installed(member));
    }

    @Override
    public boolean downloads() {
        return cluster.abilities().canDownload();
    }

    @Override
    public void download(String member, EngineVersion version, StepContext<?> context) {
        cluster.work().download(member, version, engine.hands(context));
    }

    @Override
    public Params details(String member, EngineVersion version) {
        return downloads() ? Params.of("packages", List.of("fake-server", "fake-client")) : Params.empty();
    }

    @Override
    public void install(String member, EngineVersion version, StepContext<?> context) {
        cluster.work().install(member, version, engine.hands(context));
    }

    @Override
    public void start(String member, StepContext<?> context) {
        cluster.work().start(member, engine.hands(context));
    }

    @Override
    public Verdict serving(String member, EngineVersion version, StepContext<?> context) {
        cluster.reach(member);
        Optional<EngineVersion> running = cluster.running(member);
        if (running.isEmpty()) {
            return cluster.member(member).crashedInReplay
                    ? Verdict.broken(block("FAKE-REPLAY", member, "its process ended in replay", "a follower"))
                    : Verdict.again(member + " is down");
        }
        if (!running.get().equals(version)) {
            return Verdict.notYet(blocked("runs " + running.get(), "runs " + version));
        }
        boolean primary = cluster.primaries().contains(member);
        if (!primary && cluster.lag(member).filter(l -> l == 0).isEmpty()) {
            return Verdict.notYet(blocked("lag " + cluster.lag(member), "no lag"));
        }
        Duration stable = context.params().has("stableFor") ? context.params().duration("stableFor") : Duration.ZERO;
        Instant since = cluster.member(member).upSince;
        return since.isAfter(Instant.MIN)
                        && since.plus(stable).isAfter(cluster.clock().instant())
                ? Verdict.notYet(blocked("up since " + since, "for " + stable))
                : Verdict.holds();
    }

    @Override
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        return cluster.names().stream()
                .filter(allowed::contains)
                .filter(m -> !cluster.primaries().contains(m))
                .filter(m -> cluster.running(m).filter(version::equals).isPresent())
                .filter(m -> cluster.lag(m).filter(l -> l == 0).isPresent())
                .findFirst();
    }

    @Override
    public void settle(String from, String to, StepContext<?> context) {
        cluster.reach(from);
    }

    @Override
    public Permit maySwitchOver(String from, String to, StepContext<?> context) {
        return switchover.may(from, to);
    }

    @Override
    public Params beforeSwitchover(String from, String to) {
        return Params.of("primary", from);
    }

    @Override
    public void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        switchover.change(from, to, formerStaysDown, engine.hands(context));
    }

    @Override
    public Verdict switchedOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return switchover.changed(from, to, formerStaysDown);
    }

    @Override
    public Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return switchover.probe(from, to, formerStaysDown);
    }
}
