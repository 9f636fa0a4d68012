package io.gds.engine.mongo.internal.steps;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.kernel.Back;
import io.gds.engine.mongo.internal.kernel.GoingBack;
import io.gds.engine.mongo.internal.kernel.Handover;
import io.gds.engine.mongo.internal.kernel.Health;
import io.gds.engine.mongo.internal.kernel.Kernel;
import io.gds.engine.mongo.internal.kernel.PreFlight;
import io.gds.engine.mongo.internal.kernel.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verbs of a replica set. */
public final class MongoVerbs implements RollingVerbs {
    private final MongoEngine engine;
    private final Kernel kernel;
    private final Handover handover;
    private final Members members;
    private final StepDown stepDown;

    /** The verbs of a set. */
    public MongoVerbs(MongoEngine engine) {
        this.engine = engine;
        this.kernel = new Kernel(engine);
        this.handover = new Handover(engine);
        this.members = new Members(engine);
        this.stepDown = new StepDown(engine);
    }

    @Override
    public List<Finding> preFlight(PatchRequest request) {
        return new PreFlight(engine).findings(request);
    }

    @Override
    public List<Finding> postFlight(EngineVersion target) {
        return new Health(engine).postFlight(target);
    }

    @Override
    public List<Finding> health() {
        return new Health(engine).findings();
    }

    /**
     * Delayed, hidden and other members that never lead first, then by ascending priority, arbiters last. Among members of one
     * priority whoever will take over comes first, so that the others can follow it as soon as they are back.
     */
    @Override
    public List<String> order(Topology t) {
        String target = Target.planned(t).orElse("");
        return t.members().stream()
                .filter(m -> m.role() != MemberRole.PRIMARY)
                .sorted(Comparator.<Member>comparingInt(m -> turn(m.role()))
                        .thenComparingDouble(
                                m -> Double.parseDouble(m.attributes().getOrDefault("priority", "0")))
                        .thenComparingInt(m -> m.name().equals(target) ? 0 : 1)
                        .thenComparing(Member::name))
                .map(Member::name)
                .toList();
    }

    private static int turn(MemberRole role) {
        return switch (role) {
            case REPLICA -> 0;
            case STANDBY -> 1;
            case ARBITER -> 2;
            default -> 3;
        };
    }

    @Override
    public List<BracketDraft> brackets(BracketScope scope, Topology topology, PatchRequest request) {
        return new PatchBrackets(engine).of(scope, topology);
    }

    @Override
    public void revive(StepContext<?> context) {
        members.revive(next(context), context);
    }

    @Override
    public Verdict alive(StepContext<?> context) {
        return members.alive(next(context));
    }

    /** Whose turn it is: the step's target, and on the way back another one that it names. */
    static String next(StepContext<?> context) {
        return context.params().optionalString("member").orElse(context.step().target());
    }

    @Override
    public Permit mayGoDown(String member, Set<String> down, StepContext<?> context) {
        return kernel.mayGoDown(member, context);
    }

    @Override
    public Permit mayGoBack(String member, EngineVersion former) {
        return new GoingBack(engine).mayGoBack(member, former);
    }

    @Override
    public Params beforeStop(String member) {
        return engine.topology()
                .member(member)
                .map(m -> Params.of("role", m.role()))
                .orElse(Params.empty());
    }

    @Override
    public void stop(String member, StepContext<?> context) {
        // a process that takes over comes here without having asked, and since then anything may have happened
        Permit now = kernel.mayGoDown(member, context);
        if (!(now instanceof Permit.Granted)) {
            throw Kernel.notNow("member " + member + " is not taken down", now);
        }
        members.stop(member, context.params().flag("inPlace"));
    }

    @Override
    public Verdict stopped(String member, StepContext<?> context) {
        return members.stopped(member, context);
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return engine.packages().installed(member);
    }

    @Override
    public void install(String member, EngineVersion version, StepContext<?> context) {
        context.fence();
        engine.packages().install(member, version);
    }

    @Override
    public void start(String member, StepContext<?> context) {
        members.start(member);
        installed(member).ifPresent(version -> members.follow(member, version));
    }

    @Override
    public Verdict serving(String member, EngineVersion version, StepContext<?> context) {
        return new Back(engine).verify(member, version, context);
    }

    @Override
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        return handover.candidate(allowed, version);
    }

    /** Nothing to do: the servers write checkpoints by themselves, and a step-down waits for none. */
    @Override
    public void settle(String from, String to, StepContext<?> context) {}

    @Override
    public Permit maySwitchOver(String from, String to, StepContext<?> context) {
        return handover.mayHandOver(leading(from, context), to);
    }

    @Override
    public Params beforeSwitchover(String from, String to) {
        return Params.of("from", from, "to", to);
    }

    @Override
    public void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        stepDown.change(leading(from, context), to, context);
    }

    @Override
    public Verdict switchedOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return stepDown.done(from, to);
    }

    @Override
    public Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return stepDown.probe(leading(from, context), to);
    }

    /** On the way back whoever leads hands over: since the switchover that is undone there may have been elections. */
    private String leading(String planned, StepContext<?> context) {
        return context.params().flag("formerStaysDown")
                ? planned
                : engine.views().primary().map(v -> v.member().name()).orElse(planned);
    }
}
