package io.gds.engine.mssql.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.ClusterParts;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.GroupTopology;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.hotfix.SetupWork;
import io.gds.engine.mssql.internal.kernel.Back;
import io.gds.engine.mssql.internal.kernel.GroupHealth;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.kernel.GroupPreFlight;
import io.gds.engine.mssql.internal.kernel.Handover;
import io.gds.engine.mssql.internal.member.MemberHosts;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verbs of availability groups. How a member goes out of service, and gets its programs, is the way of its host. */
public final class GroupVerbs implements RollingVerbs, ClusterParts {
    private static final Duration SOON = Duration.ofSeconds(1);
    /** The core's step that changes roles. */
    private static final ActionId SWITCHOVER = ActionId.of("cluster.switchover@1");

    private final MssqlEngine engine;
    private final MemberHosts hosts;
    private final GroupKernel kernel;
    private final Handover handover;
    private final RoleChange roles;
    private final Revival revival;
    private final Movement movement;
    private final LinkMovement links;

    /** The verbs of a cluster whose spec has a shell, and a mapping or a package manager. */
    public GroupVerbs(MssqlEngine engine) {
        this.engine = engine;
        this.hosts = engine.spec().linux().isPresent() ? LinuxHosts.of(engine) : new WindowsHosts(engine);
        this.kernel = new GroupKernel(engine);
        this.handover = new Handover(engine);
        this.roles = new RoleChange(engine);
        this.revival = new Revival(engine, hosts);
        this.movement = new Movement(engine);
        this.links = new LinkMovement(engine);
    }

    @Override
    public List<Finding> preFlight(PatchRequest request) {
        return new GroupPreFlight(engine, hosts).findings(request);
    }

    @Override
    public List<Finding> postFlight(EngineVersion target) {
        return new GroupHealth(engine).postFlight(target);
    }

    @Override
    public List<Finding> health() {
        return new GroupHealth(engine).findings();
    }

    /** Asynchronous replicas first, from the farthest; then those that commit together with the primary. */
    @Override
    public List<String> order(Topology t) {
        return t.members().stream()
                .filter(m -> m.role() != MemberRole.PRIMARY)
                .sorted(Comparator.<Member>comparingInt(m -> m.role() == MemberRole.STANDBY ? 1 : 0)
                        .thenComparingInt(m -> m.attributes().containsKey("leads") ? 1 : 0)
                        .thenComparing(Member::name))
                .map(Member::name)
                .toList();
    }

    /** Of a distributed group the half that gets the log, then the one that takes writes: newer log never meets an older forwarder. */
    @Override
    public List<List<Topology>> turns(Topology whole, int atOnce) {
        GroupViews views = GroupViews.of(engine);
        return views.whole()
                .flatMap(d -> d.forwarderHalf().flatMap(views::named).flatMap(second -> d.primaryHalf()
                        .flatMap(views::named)
                        .map(first -> List.of(
                                List.of(GroupTopology.part(views, second)),
                                List.of(GroupTopology.part(views, first))))))
                .orElseGet(() -> List.of(List.of(whole)));
    }

    @Override
    public List<BracketDraft> brackets(BracketScope scope, Topology topology, PatchRequest request) {
        return new GroupBrackets(engine, hosts).of(scope, topology, request);
    }

    @Override
    public void revive(StepContext<?> context) {
        revival.revive(context);
    }

    @Override
    public Verdict alive(StepContext<?> context) {
        return revival.alive(context);
    }

    @Override
    public Permit mayGoDown(String member, Set<String> down, StepContext<?> context) {
        return permit(member, context);
    }

    /** A step that ends what another one began is mirrored on the way back. */
    private Permit permit(String member, StepContext<?> context) {
        return context.step().isCloser()
                ? kernel.mayGoDownAgain(member, atOnce(context))
                : kernel.mayGoDown(member, atOnce(context));
    }

    private static long atOnce(StepContext<?> context) {
        return context.params().integer("mayBeDown", 1);
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
        links.resume(GroupViews.of(engine), member, context::fence);
        Permit now = permit(member, context);
        if (!(now instanceof Permit.Granted)) {
            throw GroupKernel.notNow(member + " is not taken out of service", now);
        }
        Patience.with(member + " is not taken out of service", () -> out(member, context));
    }

    /** What a view shows may come after its statement: that is waited for, and is no pass that failed. */
    private void out(String member, StepContext<?> context) {
        hosts.takeOut(member, context::fence);
        if (hosts.isOut(member) instanceof Verdict.Again still) {
            throw GroupKernel.notNow(
                    member + " is not taken out of service",
                    still.evidence(),
                    "its own word that it is out",
                    "its server, whose views may come later",
                    SOON);
        }
    }

    @Override
    public Verdict stopped(String member, StepContext<?> context) {
        return hosts.isOut(member);
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return hosts.installed(member);
    }

    @Override
    public boolean downloads() {
        return hosts.downloads();
    }

    @Override
    public void download(String member, EngineVersion version, StepContext<?> context) {
        hosts.download(member, version);
    }

    @Override
    public Params details(String member, EngineVersion version) {
        return hosts.details(member, version);
    }

    @Override
    public void install(String member, EngineVersion version, StepContext<?> context) {
        context.fence();
        Patience.with(
                version + " is not installed on " + member,
                () -> hosts.install(member, version, SetupWork.of(context)));
    }

    @Override
    public Params told(String member, EngineVersion version, StepContext<?> context) {
        return hosts.told(member, version, SetupWork.of(context));
    }

    /** Only when no setup runs there any more: whoever goes back may come here while one does. */
    @Override
    public void start(String member, StepContext<?> context) {
        Patience.with(member + " does not go back into service", () -> back(member, context));
    }

    private void back(String member, StepContext<?> context) {
        Optional<String> running = hosts.underWay(member, SetupWork.of(context));
        if (running.isPresent()) {
            throw GroupKernel.notNow(
                    member + " does not go back into service",
                    running.get() + " runs there",
                    "the end of every installation",
                    "setup itself",
                    SOON);
        }
        hosts.putBack(member, context);
        movement.notResumed(member).ifPresent(still -> {
            throw GroupKernel.notNow(
                    member + " does not go back into service",
                    still,
                    "data that move",
                    "its server, whose views may come later",
                    SOON);
        });
    }

    @Override
    public Verdict serving(String member, EngineVersion version, StepContext<?> context) {
        Verdict back = new Back(engine).verify(member, version, context);
        return back instanceof Verdict.NotYet && hosts.stopped(member).isPresent()
                ? Verdict.again("the service of " + member + " has stopped")
                : back;
    }

    @Override
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        return handover.candidate(allowed, version);
    }

    /** Nothing to do: redo goes on all the time, and the choice was for whoever has least of it left. */
    @Override
    public void settle(String from, String to, StepContext<?> context) {}

    @Override
    public Permit maySwitchOver(String from, String to, StepContext<?> context) {
        if (roles.isBetween(from) || isHalfDone(to, context)) {
            return Permit.granted(); // it has begun, and ends only by going on
        }
        return context.params().flag("formerStaysDown")
                ? handover.maySwitchOver(leading(from, context), to)
                : handover.maySwitchBack(leading(from, context), to);
    }

    @Override
    public Params beforeSwitchover(String from, String to) {
        return Params.of("from", from, "to", to).with(roles.targets(from, to));
    }

    @Override
    public void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        if (isHalfDone(to, context)) {
            Patience.with(to + " does not lead again yet", () -> roles.giveBack(to, context::fence));
            return;
        }
        roles.change(leading(from, context), to, context.facts(), context::fence);
    }

    @Override
    public Verdict switchedOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return roles.done(from, to, formerStaysDown);
    }

    @Override
    public Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context) {
        return isHalfDone(to, context)
                ? Probed.partial(to + " has stepped down, and nobody leads")
                : roles.probe(leading(from, context), to);
    }

    /** On the way back from a switchover that was never seen to end: the former primary has stepped down, and nobody leads instead. */
    private boolean isHalfDone(String former, StepContext<?> context) {
        return !context.params().flag("formerStaysDown")
                && context.earlier(SWITCHOVER).isEmpty()
                && roles.mayReturn(former);
    }

    /** On the way back whoever leads hands over: since the switchover that is undone there may have been others. */
    private String leading(String planned, StepContext<?> context) {
        if (context.params().flag("formerStaysDown")) {
            return planned;
        }
        String leads = GroupViews.of(engine).home(planned).primaryName();
        return leads.isEmpty() ? planned : leads;
    }
}
