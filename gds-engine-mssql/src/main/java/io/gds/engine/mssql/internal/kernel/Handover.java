package io.gds.engine.mssql.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Permit;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.LinuxSpec;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who takes over from a primary, and when. */
public final class Handover {
    private final MssqlEngine engine;

    /** Of a cluster. */
    public Handover(MssqlEngine engine) {
        this.engine = engine;
    }

    /** Of those that may, run the version and have everything, the one that would be done with its redo first. */
    public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
        GroupViews views = GroupViews.of(engine);
        if (Leaders.doubt(views).isPresent()) {
            return Optional.empty();
        }
        GroupView main = allowed.stream().findFirst().map(views::home).orElseGet(views::main);
        return allowed.stream()
                .filter(t -> runs(views, t, version))
                .filter(t -> isFit(main, t))
                .min(Comparator.<String>comparingLong(t -> Backlog.of(main, t).redoKilobytes())
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean runs(GroupViews views, String target, EngineVersion version) {
        return views.of(target)
                .map(v -> EngineVersion.parse(v.facts().version()))
                .filter(v -> v.sameRelease(version))
                .isPresent();
    }

    /** Ready; in a group without synchronous secondaries, in order: it is made synchronous for the switchover. */
    private static boolean isFit(GroupView g, String target) {
        return g.isReady(target)
                || (g.synchronous().isEmpty() && new Standing(g).missing(target).isEmpty());
    }

    /**
     * To whom each group goes that an instance leads: the main one to whoever takes over; others, where that has no synchronous replica of
     * them, to another one that is ready, the newest version first.
     *
     * @return by group; one that nobody could take is not there
     */
    public static Map<String, String> targets(GroupViews views, String from, String to) {
        Map<String, String> out = new LinkedHashMap<>();
        for (GroupView g : views.ledBy(from)) {
            if (g.synchronous().contains(to)) {
                out.put(g.name(), to);
            } else if (!g.name().equals(views.home(from).name())) {
                g.synchronous().stream()
                        .filter(g::isReady)
                        .max(Comparator.<String, EngineVersion>comparing(t -> EngineVersion.parse(
                                views.of(t).orElseThrow().facts().version())))
                        .ifPresent(t -> out.put(g.name(), t));
            }
        }
        return out;
    }

    /** May the roles change now? */
    public Permit maySwitchOver(String from, String to) {
        GroupViews views = GroupViews.of(engine);
        Optional<String> cut = DistributedLinks.broken(views, to);
        if (Leaders.doubt(views).isPresent() || views.home(to).primaryName().equals(to)) {
            return maySwitchOver(views, from, to);
        }
        if (cut.isPresent()) {
            return DistributedLinks.wait(cut.get());
        }
        Permit permit = maySwitchOver(views, from, to);
        return permit instanceof Permit.Granted ? calm(views, from, to).orElse(permit) : permit;
    }

    /** What else is waited for before the roles change; on the way back it is not, since that must go on with whoever is left. */
    private Optional<Permit> calm(GroupViews views, String from, String to) {
        if (!views.silent().isEmpty()) {
            return Optional.of(GroupKernel.wait(
                    views.silent().keySet() + " do not answer", "an answer of every replica", "their return"));
        }
        for (GroupView g : views.ledBy(from)) {
            int required = g.config().map(GroupConfig::required).orElse(0);
            List<String> inStep = new Standing(g).acknowledging("");
            if (inStep.size() < required) {
                return Optional.of(GroupKernel.wait(
                        "only " + inStep + " are synchronized in " + g.name(),
                        required + " of them, as " + g.name() + " requires for a commit",
                        "replication"));
            }
        }
        GroupKernel kernel = new GroupKernel(engine);
        return kernel.busy(views, from).or(() -> kernel.busy(views, to));
    }

    /** The same on the way back: whoever goes back does not wait for the other half of a distributed group. */
    public Permit maySwitchBack(String from, String to) {
        return maySwitchOver(GroupViews.of(engine), from, to);
    }

    private Permit maySwitchOver(GroupViews views, String from, String to) {
        Optional<String> doubt = Leaders.doubt(views);
        if (doubt.isPresent()) {
            return GroupKernel.wait(
                    doubt.get(), "one primary of each group", "a failover, or the return of whoever led");
        }
        String leads = views.home(to).primaryName();
        if (leads.equals(to)) {
            return Permit.granted(Params.of("primary", to));
        }
        if (!leads.equals(from)) {
            return Permit.refused(otherPrimary(views, leads, from));
        }
        Map<String, String> targets = targets(views, from, to);
        for (GroupView g : views.ledBy(from)) {
            Permit permit = ready(g, targets.get(g.name()), to);
            if (!(permit instanceof Permit.Granted)) {
                return permit;
            }
        }
        Backlog backlog = Backlog.of(views.home(to), to);
        return Permit.granted(Params.of("backlog", backlog.describe(), "groups", List.copyOf(targets.keySet())));
    }

    private Permit ready(GroupView g, @Nullable String target, String to) {
        if (engine.spec().linux().flatMap(LinuxSpec::pacemaker).isEmpty()
                && g.config()
                        .map(GroupConfig::cluster)
                        .filter(t -> t == ClusterType.EXTERNAL)
                        .isPresent()) {
            return Permit.refused(Finding.block(
                    "MSSQL-EXTERNAL-CLUSTER",
                    g.name(),
                    "its cluster type is EXTERNAL, and the spec says nothing of that cluster",
                    "a group that SQL Server itself fails over, or pacemaker in the spec",
                    "add pacemaker: {resource: ...} and packages.type to the spec."));
        }
        String taker = target == null ? to : target;
        Optional<String> lacks = new Standing(g).missing(taker);
        if (lacks.isPresent() || !g.isReady(taker)) {
            return GroupKernel.wait(
                    lacks.orElse(taker + " is not ready for a failover of " + g.name()),
                    "is_failover_ready for every database, by the primary's word and by its own",
                    "replication");
        }
        return Permit.granted();
    }

    static Finding otherPrimary(GroupViews views, String leads, String from) {
        return Finding.block(
                "MSSQL-OTHER-PRIMARY",
                views.cluster(),
                leads + " leads",
                from,
                "nothing was lost; plan again, or roll back.");
    }
}
