package io.gds.engine.mssql.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Probed;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.ReplicaRole;
import io.gds.engine.mssql.internal.kernel.DistributedLinks;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.kernel.Handover;
import io.gds.engine.mssql.internal.kernel.Leaders;
import io.gds.engine.mssql.internal.kernel.Standing;
import io.gds.engine.mssql.internal.pacemaker.Pacemaker;
import io.gds.engine.mssql.internal.sql.SqlErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The change of roles: every group that an instance leads goes to another one, by the statement that the server itself refuses when
 * anything would be lost. It is never forced, except as the second half of the planned failover of a group without a cluster, whose primary
 * has stepped down before. A group with an external cluster is moved by that cluster, never by a statement of ours.
 */
public final class RoleChange {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final String TARGETS = "targets";
    private static final String REQUIRED = "required";

    private final MssqlEngine engine;
    private final GroupStatements statements;
    private final Optional<Pacemaker> cluster;
    private final LinkMovement links;
    private final LonelyGroups alone;

    /** In a cluster. */
    public RoleChange(MssqlEngine engine) {
        this.engine = engine;
        this.statements = new GroupStatements(engine);
        this.cluster = Pacemaker.of(engine);
        this.links = new LinkMovement(engine);
        this.alone = new LonelyGroups(engine);
    }

    /** To whom each group goes that an instance leads, to be journalled: after half of a planned failover nobody could tell any more. */
    Params targets(String from, String to) {
        GroupViews views = GroupViews.of(engine);
        String leads = views.home(from).primaryName();
        Map<String, String> required = new TreeMap<>();
        raised(views, leads).forEach(s -> required.put(s.group(), s.value()));
        return Params.of(
                TARGETS,
                Params.of(Handover.targets(views, leads.isEmpty() ? from : leads, to)),
                REQUIRED,
                Params.of(required));
    }

    private static Map<String, String> journalled(Params facts, String key) {
        Map<String, String> out = new TreeMap<>();
        if (facts.has(key)) {
            facts.object(key).asMap().forEach((group, target) -> out.put(group, String.valueOf(target)));
        }
        return out;
    }

    /**
     * Fails over whatever an instance still leads. Safe to call again.
     *
     * @param facts what {@link #targets} gave
     * @param fence called right before each effect
     */
    void change(String from, String to, Params facts, Runnable fence) {
        GroupViews views = GroupViews.of(engine);
        if (from.equals(to)) { // whoever leads by now is the one that is to lead
            alone.resume(views, fence);
            links.resume(views, to, fence);
            return;
        }
        Map<String, String> targets = new TreeMap<>(Handover.targets(views, from, to));
        targets.putAll(journalled(facts, TARGETS));
        for (GroupView g : views.ledBy(from)) {
            String target = targets.getOrDefault(g.name(), to);
            if (Interregnum.isAlone(g)) {
                Optional<String> was =
                        Optional.ofNullable(journalled(facts, REQUIRED).get(g.name()));
                alone.change(views, g, target, was, fence);
            } else {
                change(g, target, fence);
            }
        }
        for (GroupView g : views.groups()) {
            Interregnum.of(views, g, from).ifPresent(i -> alone.end(i, targets.getOrDefault(g.name(), to), fence));
        }
        alone.resume(views, fence);
        links.resume(views, to, fence);
    }

    private void change(GroupView g, String target, Runnable fence) {
        if (!g.isReady(target)) {
            throw notReady(g, target);
        }
        ClusterType type = g.config().map(GroupConfig::cluster).orElse(ClusterType.WSFC);
        if (type == ClusterType.EXTERNAL && cluster.isPresent()) {
            cluster.get().move(target, fence);
            return;
        }
        fence.run();
        try {
            statements.failOver(target, g.name());
        } catch (GdsDatabaseException e) {
            if (!e.code().equals("MSSQL-" + SqlErrors.NOT_READY_FOR_FAILOVER)) {
                throw e;
            }
            throw GroupKernel.notNow(
                    g.name() + " is not failed over",
                    String.valueOf(e.getMessage()),
                    "a replica that is ready",
                    "replication",
                    SOON);
        }
    }

    /** Whether an instance that has stepped down may lead again as if nothing had happened: nobody leads, and nothing was lost. */
    boolean mayReturn(String former) {
        GroupViews views = GroupViews.of(engine);
        List<GroupView> led =
                views.groups().stream().filter(g -> g.claims().isEmpty()).toList();
        return !led.isEmpty()
                && led.stream().allMatch(g -> Interregnum.of(views, g, former)
                        .flatMap(i -> i.taker(former))
                        .isPresent());
    }

    /** Has it lead again what it led. */
    void giveBack(String former, Runnable fence) {
        GroupViews views = GroupViews.of(engine);
        for (GroupView g : views.groups()) {
            Interregnum.of(views, g, former).ifPresent(i -> alone.end(i, former, fence));
        }
    }

    /** Whether an instance has stepped down in some group, and nobody leads that. */
    boolean isBetween(String former) {
        return isBetween(GroupViews.of(engine), former);
    }

    /** Whether some group is between the two statements of its planned failover, and everybody answers. */
    boolean isBetween(GroupViews views) {
        return views.groups().stream().anyMatch(g -> Interregnum.of(views, g).isPresent());
    }

    /** Whether data of a group without a cluster wait to be resumed. */
    boolean hasStopped(GroupViews views) {
        return alone.stopped(views).isPresent();
    }

    /** What a change raises for the groups that an instance leads, as it is now. */
    List<Setting> raised(GroupViews views, String from) {
        return views.ledBy(from).stream()
                .flatMap(g ->
                        Wanted.atLeastOne(g).stream().map(s -> s.to(s.now(g).orElseThrow())))
                .toList();
    }

    /** Sets that again, as far as somebody leads. */
    void restore(List<Setting> was) {
        if (was.isEmpty()) {
            return;
        }
        GroupViews views = GroupViews.of(engine);
        for (Setting s : was) {
            views.named(s.group())
                    .filter(g -> g.primary().isPresent())
                    .filter(g -> !s.now(g).filter(s.value()::equals).isPresent())
                    .ifPresent(g -> statements.set(g.primaryName(), s));
        }
    }

    static GdsDatabaseException notReady(GroupView g, String target) {
        return GroupKernel.notNow(
                g.name() + " is not failed over",
                new Standing(g).missing(target).orElse(target + " is not ready"),
                "is_failover_ready for every database",
                "replication",
                SOON);
    }

    /**
     * Whether the new primary leads, its databases take writes, and the former one knows.
     *
     * @param linked whether the link of a distributed group has to have found the new primary, too
     */
    Verdict done(String from, String to, boolean linked) {
        GroupViews views = GroupViews.of(engine);
        Optional<String> doubt = Leaders.doubt(views);
        if (doubt.isPresent()) {
            return isBetween(views, from)
                    ? Verdict.again(from + " has stepped down: " + doubt.get())
                    : notYet(doubt.get(), "the failover");
        }
        String leads = views.home(to).primaryName();
        if (!leads.equals(to)) {
            return leads.equals(from)
                    ? told(to).<Verdict>map(t -> notYet(t, "its cluster"))
                            .orElseGet(() -> Verdict.again(from + " leads still"))
                    : Verdict.broken(Finding.block(
                            "MSSQL-OTHER-PRIMARY",
                            engine.name(),
                            leads + " leads",
                            to,
                            "nothing was lost; plan again, or roll back."));
        }
        List<GroupView> left = views.ledBy(from);
        if (!left.isEmpty()) {
            return Verdict.again(
                    from + " leads " + left.stream().map(GroupView::name).toList() + " still");
        }
        Optional<String> stopped = DistributedLinks.stopped(views, to);
        if (stopped.isPresent()) {
            return Verdict.again(stopped.get());
        }
        Optional<String> waits = alone.stopped(views);
        if (waits.isPresent()) {
            return Verdict.again(waits.get());
        }
        Optional<String> recovering = views.groups().stream()
                .flatMap(g -> new Standing(g).primary().stream())
                .findFirst();
        if (recovering.isPresent()) {
            return notYet(recovering.get(), "its recovery");
        }
        Optional<String> cut = linked ? DistributedLinks.missing(views, to) : Optional.empty();
        if (cut.isPresent()) {
            return notYet(cut.get(), "the link, which finds whoever leads");
        }
        boolean knows = views.of(from).isEmpty() || isSecondaryEverywhere(views, from);
        return knows ? Verdict.holds() : notYet(from + " is on its way to follow", "its new role");
    }

    private static boolean isBetween(GroupViews views, String former) {
        return views.groups().stream()
                .anyMatch(g -> Interregnum.of(views, g, former).isPresent());
    }

    private static boolean isSecondaryEverywhere(GroupViews views, String target) {
        return views.around(target).stream().allMatch(g -> views.of(target)
                .flatMap(v -> v.group(g.name()).flatMap(x -> v.role(x.id())))
                .filter(r -> r == ReplicaRole.SECONDARY)
                .isPresent());
    }

    /** How far it got. */
    Probed probe(String from, String to) {
        GroupViews views = GroupViews.of(engine);
        for (GroupView g : views.groups()) {
            if (g.claims().isEmpty()) {
                return Interregnum.of(views, g, from).isPresent()
                        ? Probed.partial(from + " has stepped down in " + g.name() + ", and nobody leads it yet")
                        : Probed.inProgress(new Blocked("nobody leads " + g.name(), "a primary", "the failover", SOON));
            }
        }
        Optional<String> doubt = Leaders.doubt(views);
        if (doubt.isPresent()) {
            return Probed.unknown(doubt.get(), "find out which of them is it.");
        }
        String leads = views.home(to).primaryName();
        boolean leadsOn = !from.equals(to) && !views.ledBy(from).isEmpty();
        if (leads.equals(to)) {
            return leadsOn ? Probed.partial(from + " leads another group still") : Probed.done();
        }
        if (leads.equals(from)) {
            return told(to).<Probed>map(t -> Probed.inProgress(new Blocked(t, to + " as primary", "its cluster", SOON)))
                    .orElseGet(Probed::notDone);
        }
        return Probed.unknown(leads + " leads", "plan again: neither " + from + " nor " + to + " leads.");
    }

    /** That the order has been given, in words, or that nobody can be asked about it; empty when it has not. */
    private Optional<String> told(String to) {
        try {
            return cluster.filter(c -> c.isToldToMoveTo(to))
                    .map(c -> "the cluster has been told to move " + c.resource() + " to " + to);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return Optional.of("nobody says whether the cluster has been told: " + e.getMessage());
        }
    }

    private static Verdict notYet(String observed, String clears) {
        return Verdict.notYet(new Blocked(observed, "the new primary alone, with every database online", clears, SOON));
    }
}
